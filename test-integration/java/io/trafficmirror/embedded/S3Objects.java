package io.trafficmirror.embedded;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The actions on one object of a bucket. */
final class S3Objects {

  private static final String CHECKSUM = "x-amz-checksum-";

  private final EmbeddedOptions options;

  S3Objects(EmbeddedOptions options) {
    this.options = options;
  }

  HttpReply put(S3Request request, S3Bucket bucket) {
    request.onlyHeaders(
        "content-md5",
        "if-none-match",
        "x-amz-checksum-*",
        "x-amz-decoded-content-length",
        "x-amz-expected-bucket-owner",
        "x-amz-meta-*",
        "x-amz-sdk-checksum-algorithm",
        "x-amz-trailer");
    AwsChunked body = AwsChunked.of(request.call());
    Map<String, String> headers = new HashMap<>(request.headersStartingWith("x-amz-meta-"));
    headers.putAll(checksums(request, body));
    request.call().header("content-type").ifPresent(type -> headers.put("Content-Type", type));
    boolean onlyIfAbsent = ifNoneMatch(request);
    S3Object object =
        bucket
            .put(request.key(), body.data(), headers, now(), onlyIfAbsent)
            .orElseThrow(S3Objects::conditionFailed);
    Map<String, String> answer = new HashMap<>(Map.of("ETag", object.etag()));
    version(bucket, object, answer);
    headers.forEach(
        (name, value) -> {
          if (name.startsWith(CHECKSUM)) {
            answer.put(name, value);
          }
        });
    return new HttpReply(200, answer, new byte[0]);
  }

  /** GetObject and HeadObject; the HTTP layer omits the body of the latter. */
  HttpReply get(S3Request request, S3Bucket bucket) {
    request.onlyHeaders(
        "if-match", "if-none-match", "x-amz-checksum-mode", "x-amz-expected-bucket-owner");
    S3Object object = find(request, bucket);
    Map<String, String> headers = new HashMap<>(object.headers());
    if (request.call().header("x-amz-checksum-mode").isEmpty()) {
      headers.keySet().removeIf(name -> name.startsWith(CHECKSUM));
    }
    headers.put("ETag", object.etag());
    headers.put("Last-Modified", httpDate(object.modifiedAt()));
    version(bucket, object, headers);
    if (request.call().header("if-match").filter(tag -> !matches(tag, object)).isPresent()) {
      throw conditionFailed();
    }
    if (request.call().header("if-none-match").filter(tag -> matches(tag, object)).isPresent()) {
      return new HttpReply(304, headers, new byte[0]);
    }
    headers.put("Accept-Ranges", "bytes");
    headers.put("Content-Length", Integer.toString(object.data().length));
    return new HttpReply(200, headers, object.data());
  }

  HttpReply delete(S3Request request, S3Bucket bucket) {
    request.onlyHeaders("x-amz-expected-bucket-owner");
    Map<String, String> answer = new HashMap<>();
    Optional<String> versionId = request.parameter("versionId");
    if (versionId.isPresent()) {
      bucket.deleteVersion(request.key(), versionId.get());
      answer.put("x-amz-version-id", versionId.get());
    } else {
      bucket
          .delete(request.key(), now())
          .ifPresent(
              marker -> {
                answer.put("x-amz-version-id", marker.versionId());
                answer.put("x-amz-delete-marker", "true");
              });
    }
    return new HttpReply(204, answer, new byte[0]);
  }

  private static S3Object find(S3Request request, S3Bucket bucket) {
    Optional<String> versionId = request.parameter("versionId");
    if (versionId.isEmpty()) {
      return bucket
          .latest(request.key())
          .orElseThrow(
              () -> new ServiceException(404, "NoSuchKey", "The specified key does not exist."));
    }
    S3Object object =
        bucket
            .version(request.key(), versionId.get())
            .orElseThrow(
                () ->
                    new ServiceException(
                        404, "NoSuchVersion", "The specified version does not exist."));
    if (object.deleteMarker()) {
      throw new ServiceException(
          405, "MethodNotAllowed", "The specified method is not allowed against this resource.");
    }
    return object;
  }

  /** Verifies the checksums in the headers or trailers, and returns them. */
  private static Map<String, String> checksums(S3Request request, AwsChunked body) {
    Map<String, String> sums = new HashMap<>(request.headersStartingWith(CHECKSUM));
    sums.putAll(body.trailers());
    sums.keySet().removeIf(name -> !name.startsWith(CHECKSUM));
    sums.forEach(
        (name, given) -> {
          String own =
              Digests.s3Checksum(name.substring(CHECKSUM.length()), body.data())
                  .orElseThrow(() -> ServiceException.unsupported("header " + name));
          if (!own.equals(given)) {
            throw new ServiceException(
                400, "BadDigest", "The " + name + " you specified did not match");
          }
        });
    String md5 = Base64.getEncoder().encodeToString(Digests.of("MD5", body.data()));
    if (request.call().header("content-md5").filter(given -> !given.equals(md5)).isPresent()) {
      throw new ServiceException(400, "BadDigest", "The Content-MD5 you specified did not match");
    }
    return sums;
  }

  private static boolean ifNoneMatch(S3Request request) {
    Optional<String> condition = request.call().header("if-none-match");
    if (condition.isPresent() && !condition.get().equals("*")) {
      throw ServiceException.unsupported("header If-None-Match other than * on a write");
    }
    return condition.isPresent();
  }

  private static boolean matches(String tag, S3Object object) {
    return tag.equals("*") || tag.replace("\"", "").equals(object.etag().replace("\"", ""));
  }

  private static void version(S3Bucket bucket, S3Object object, Map<String, String> headers) {
    if (bucket.keepsVersions()) {
      headers.put("x-amz-version-id", object.versionId());
    }
  }

  private static ServiceException conditionFailed() {
    return new ServiceException(
        412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold");
  }

  private Instant now() {
    return options.clock().instant();
  }

  private static String httpDate(Instant time) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
  }
}
