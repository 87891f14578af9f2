package io.trafficmirror.embedded;

import java.time.Instant;
import java.util.Map;

/**
 * One version of an object, or a delete marker.
 *
 * @param versionId the text {@code null} in an unversioned bucket, as in S3
 * @param etag with its quotation marks
 * @param headers the headers returned with the object: content type, metadata, checksums
 */
record S3Object(
    String versionId,
    boolean deleteMarker,
    byte[] data,
    String etag,
    Instant modifiedAt,
    Map<String, String> headers) {

  /** The version id of every object in an unversioned bucket. */
  static final String UNVERSIONED = "null";
}
