package io.trafficmirror.embedded;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** ListObjectsV2 with prefix and pages, but without delimiter. */
final class S3Listing {

  /** S3 API, ListObjectsV2. */
  private static final int MAXIMUM_KEYS = 1000;

  private S3Listing() {}

  static HttpReply list(S3Request request, S3Bucket bucket) {
    request.onlyHeaders("x-amz-expected-bucket-owner", "x-amz-optional-object-attributes");
    request.onlyQuery(
        "list-type", "prefix", "max-keys", "continuation-token", "start-after", "encoding-type");
    String prefix = request.parameter("prefix").orElse("");
    String after =
        request
            .parameter("continuation-token")
            .map(S3Listing::keyOfToken)
            .or(() -> request.parameter("start-after"))
            .orElse("");
    int most = maximumKeys(request.parameter("max-keys").orElse("1000"));
    List<Map.Entry<String, S3Object>> found =
        bucket.objects().entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(prefix))
            .filter(entry -> entry.getKey().compareTo(after) > 0)
            .limit(most + 1L)
            .toList();
    boolean truncated = found.size() > most;
    List<Map.Entry<String, S3Object>> page = truncated ? found.subList(0, most) : found;
    boolean encoded = request.parameter("encoding-type").isPresent();
    StringBuilder xml = new StringBuilder();
    xml.append(S3Xml.element("Name", request.bucket()))
        .append(S3Xml.element("Prefix", key(prefix, encoded)))
        .append(S3Xml.element("KeyCount", Integer.toString(page.size())))
        .append(S3Xml.element("MaxKeys", Integer.toString(most)))
        .append(S3Xml.element("IsTruncated", Boolean.toString(truncated)));
    if (encoded) {
      xml.append(S3Xml.element("EncodingType", "url"));
    }
    if (truncated && !page.isEmpty()) {
      xml.append(S3Xml.element("NextContinuationToken", token(page.getLast().getKey())));
    }
    page.forEach(entry -> xml.append(contents(key(entry.getKey(), encoded), entry.getValue())));
    return S3Xml.ok("ListBucketResult", xml.toString());
  }

  private static String contents(String key, S3Object object) {
    return "<Contents>"
        + S3Xml.element("Key", key)
        + S3Xml.element("LastModified", object.modifiedAt().toString())
        + S3Xml.element("ETag", object.etag())
        + S3Xml.element("Size", Integer.toString(object.data().length))
        + S3Xml.element("StorageClass", "STANDARD")
        + "</Contents>";
  }

  private static int maximumKeys(String text) {
    if (!text.matches("\\d{1,9}")) {
      throw new ServiceException(400, "InvalidArgument", "Provided max-keys not an integer");
    }
    return Math.min(MAXIMUM_KEYS, Integer.parseInt(text));
  }

  private static String key(String key, boolean encoded) {
    return encoded ? URLEncoder.encode(key, StandardCharsets.UTF_8).replace("%2F", "/") : key;
  }

  private static String token(String key) {
    return Base64.getUrlEncoder().encodeToString(key.getBytes(StandardCharsets.UTF_8));
  }

  private static String keyOfToken(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw new ServiceException(
          400, "InvalidArgument", "The continuation token provided is incorrect");
    }
  }
}
