package io.trafficmirror.embedded;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;

/** One bucket. Thread-safe. */
final class S3Bucket {

  private final SortedMap<String, List<S3Object>> versionsByKey = new TreeMap<>();
  private final Random random;
  private boolean versioned;

  S3Bucket(String name, long seed) {
    this.random = new Random(seed ^ name.hashCode());
  }

  synchronized void keepVersions() {
    versioned = true;
  }

  synchronized boolean keepsVersions() {
    return versioned;
  }

  /**
   * Puts an object.
   *
   * @param onlyIfAbsent whether to fail if the object exists
   * @return empty if the object exists and {@code onlyIfAbsent} is set
   */
  synchronized Optional<S3Object> put(
      String key, byte[] data, Map<String, String> headers, Instant now, boolean onlyIfAbsent) {
    if (onlyIfAbsent && latest(key).isPresent()) {
      return Optional.empty();
    }
    String etag = '"' + Digests.hex("MD5", data) + '"';
    return Optional.of(
        add(key, new S3Object(nextVersion(), false, data.clone(), etag, now, Map.copyOf(headers))));
  }

  /** The latest version, unless it is a delete marker. */
  synchronized Optional<S3Object> latest(String key) {
    List<S3Object> versions = versionsByKey.getOrDefault(key, List.of());
    return versions.isEmpty() || versions.getLast().deleteMarker()
        ? Optional.empty()
        : Optional.of(versions.getLast());
  }

  synchronized Optional<S3Object> version(String key, String versionId) {
    return versionsByKey.getOrDefault(key, List.of()).stream()
        .filter(object -> object.versionId().equals(versionId))
        .findFirst();
  }

  /** Deletes an object; with versioning, adds a delete marker. */
  synchronized Optional<S3Object> delete(String key, Instant now) {
    if (!versioned) {
      versionsByKey.remove(key);
      return Optional.empty();
    }
    return Optional.of(add(key, new S3Object(nextVersion(), true, new byte[0], "", now, Map.of())));
  }

  synchronized void deleteVersion(String key, String versionId) {
    List<S3Object> versions = versionsByKey.getOrDefault(key, new ArrayList<>());
    versions.removeIf(object -> object.versionId().equals(versionId));
    if (versions.isEmpty()) {
      versionsByKey.remove(key);
    }
  }

  /** The current objects, by key. The order is that of the keys' UTF-8 bytes for ASCII keys. */
  synchronized SortedMap<String, S3Object> objects() {
    SortedMap<String, S3Object> objects = new TreeMap<>();
    versionsByKey.keySet().forEach(key -> latest(key).ifPresent(it -> objects.put(key, it)));
    return objects;
  }

  private S3Object add(String key, S3Object object) {
    List<S3Object> versions = versionsByKey.computeIfAbsent(key, name -> new ArrayList<>());
    versions.removeIf(other -> other.versionId().equals(object.versionId()));
    versions.add(object);
    return object;
  }

  private String nextVersion() {
    if (!versioned) {
      return S3Object.UNVERSIONED;
    }
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
