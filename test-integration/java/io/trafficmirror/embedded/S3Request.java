package io.trafficmirror.embedded;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A parsed call to S3. The bucket comes from the path or from a host of S3's own form ({@code
 * bucket.s3.region.amazonaws.com}).
 *
 * @param bucket empty if the call has none
 * @param key decoded; empty if the call has none
 * @param query decoded, without {@code x-id}, which only names the action for logs
 */
record S3Request(HttpCall call, String bucket, String key, SortedMap<String, String> query) {

  /**
   * Headers that are ignored: transport, signing, and the SDK's own. The SDK sends a checksum even
   * without a body; with a body, it is verified.
   */
  private static final Set<String> PLAIN =
      Set.of(
          "accept",
          "accept-encoding",
          "amz-sdk-invocation-id",
          "amz-sdk-request",
          "authorization",
          "cache-control",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "expect",
          "host",
          "pragma",
          "transfer-encoding",
          "user-agent",
          "x-amz-checksum-crc32",
          "x-amz-content-sha256",
          "x-amz-date",
          "x-amz-security-token",
          "x-amz-te",
          "x-amz-user-agent",
          "x-amzn-trace-id");

  static S3Request of(HttpCall call) {
    String path = call.path().substring(1);
    Optional<String> hostBucket = call.header("host").flatMap(S3Request::bucketOfHost);
    String full = hostBucket.map(bucket -> bucket + "/" + path).orElse(path);
    int slash = full.indexOf('/');
    String bucket = slash < 0 ? full : full.substring(0, slash);
    String key = slash < 0 ? "" : full.substring(slash + 1);
    return new S3Request(call, decoded(bucket), decoded(key), query(call.query()));
  }

  /** The API action; for an action that is not implemented, a description of the call. */
  String action() {
    String method = call.method();
    boolean versioned = query.keySet().equals(Set.of("versionId"));
    boolean plain = query.isEmpty();
    if (bucket.isEmpty()) {
      return "unknown " + method;
    }
    if (key.isEmpty()) {
      return switch (method) {
        case "PUT" -> plain ? "CreateBucket" : unknown();
        case "HEAD" -> plain ? "HeadBucket" : unknown();
        case "GET" -> "2".equals(query.get("list-type")) ? "ListObjectsV2" : unknown();
        default -> unknown();
      };
    }
    return switch (method) {
      case "PUT" -> plain ? "PutObject" : unknown();
      case "GET" -> plain || versioned ? "GetObject" : unknown();
      case "HEAD" -> plain || versioned ? "HeadObject" : unknown();
      case "DELETE" -> plain || versioned ? "DeleteObject" : unknown();
      default -> unknown();
    };
  }

  /** Rejects all other headers with a meaning as unsupported. */
  void onlyHeaders(String... names) {
    Set<String> known = Set.of(names);
    for (String name : call.headers().keySet()) {
      boolean family = known.stream().anyMatch(n -> n.endsWith("*") && starts(name, n));
      if (!PLAIN.contains(name) && !known.contains(name) && !family) {
        throw ServiceException.unsupported("header " + name);
      }
    }
  }

  /** Rejects all other query parameters as unsupported. */
  void onlyQuery(String... names) {
    List<String> unknown = new ArrayList<>(query.keySet());
    unknown.removeAll(List.of(names));
    if (!unknown.isEmpty()) {
      throw ServiceException.unsupported("query parameter " + unknown.getFirst());
    }
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name));
  }

  private static boolean starts(String name, String family) {
    return name.startsWith(family.substring(0, family.length() - 1));
  }

  private String unknown() {
    return "unknown " + call.method() + " " + (key.isEmpty() ? "bucket" : "object") + " " + query;
  }

  private static Optional<String> bucketOfHost(String host) {
    int end = host.indexOf(".s3.");
    return end > 0 && host.matches(".*\\.amazonaws\\.com(:\\d+)?")
        ? Optional.of(host.substring(0, end))
        : Optional.empty();
  }

  private static SortedMap<String, String> query(String raw) {
    SortedMap<String, String> query = new TreeMap<>();
    for (String pair : raw.isEmpty() ? new String[0] : raw.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
      if (!name.equals("x-id")) {
        query.put(name, equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return Collections.unmodifiableSortedMap(query);
  }

  /** A plus sign is literal in a path, and the SDK encodes spaces in a query as %20. */
  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  Map<String, String> headersStartingWith(String prefix) {
    SortedMap<String, String> found = new TreeMap<>();
    call.headers()
        .forEach(
            (name, value) -> {
              if (name.startsWith(prefix)) {
                found.put(name, value);
              }
            });
    return found;
  }
}
