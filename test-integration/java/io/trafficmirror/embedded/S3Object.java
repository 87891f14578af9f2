package io.trafficmirror.embedded;

import java.time.Instant;
import java.util.Map;

/**
 * One version of an object, or a delete marker.
 *
 * @param versionId {@code null} as a text where the bucket has no versions, as in S3
 * @param etag with its quotation marks
 * @param headers what is handed back as it came: type, metadata, checksums
 */
record S3Object(
    String versionId,
    boolean deleteMarker,
    byte[] data,
    String etag,
    Instant modifiedAt,
    Map<String, String> headers) {

  /** The version id of everything in a bucket without versions. */
  static final String UNVERSIONED = "null";
}
