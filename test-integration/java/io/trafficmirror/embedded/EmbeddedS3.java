package io.trafficmirror.embedded;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Embedded S3 with in-memory objects. It accepts path-style requests, and virtual-hosted-style
 * requests to S3's own hosts. Strongly consistent, as S3 is. Thread-safe.
 */
public final class EmbeddedS3 implements AwsService {

  private final EmbeddedOptions options;
  private final Consumer<String> unsupported;
  private final Map<String, S3Bucket> buckets = new ConcurrentHashMap<>();
  private final S3Objects objects;

  EmbeddedS3(EmbeddedOptions options, Consumer<String> unsupported) {
    this.options = options;
    this.unsupported = unsupported;
    this.objects = new S3Objects(options);
  }

  /** Creates a bucket unless it exists. */
  public void createBucket(String name) {
    buckets.putIfAbsent(name, new S3Bucket(name, options.seed()));
  }

  /**
   * Puts an object without an API call, so without hook and faults.
   *
   * @throws IllegalArgumentException if the bucket does not exist
   */
  public void put(String bucket, String key, byte[] data) {
    required(bucket).put(key, data, Map.of(), options.clock().instant(), false);
  }

  /**
   * Turns on versioning in the bucket and puts an object without an API call.
   *
   * @return the version id
   * @throws IllegalArgumentException if the bucket does not exist
   */
  public String putVersioned(String bucket, String key, byte[] data) {
    required(bucket).keepVersions();
    return required(bucket)
        .put(key, data, Map.of(), options.clock().instant(), false)
        .orElseThrow()
        .versionId();
  }

  /**
   * The current objects of a bucket, by key.
   *
   * @throws IllegalArgumentException if the bucket does not exist
   */
  public SortedMap<String, byte[]> objects(String bucket) {
    SortedMap<String, byte[]> data = new TreeMap<>();
    required(bucket).objects().forEach((key, object) -> data.put(key, object.data()));
    return data;
  }

  boolean hasBucket(String name) {
    return buckets.containsKey(name);
  }

  @Override
  public String signingName() {
    return "s3";
  }

  @Override
  public String action(HttpCall call) {
    return S3Request.of(call).action();
  }

  @Override
  public HttpReply handle(HttpCall call) {
    S3Request request = S3Request.of(call);
    try {
      return answer(request);
    } catch (ServiceException refused) {
      if (refused.code().equals(ServiceException.UNSUPPORTED)) {
        unsupported.accept("s3 " + request.action() + ": " + refused.message());
      }
      return error(call, refused.status(), refused.code(), refused.message());
    }
  }

  @Override
  public HttpReply error(HttpCall call, int status, String code, String message) {
    return S3Xml.error(call, status, code, message);
  }

  private HttpReply answer(S3Request request) {
    request
        .call()
        .header("x-amz-expected-bucket-owner")
        .filter(owner -> !owner.equals(options.account()))
        .ifPresent(
            owner -> {
              throw new ServiceException(403, "AccessDenied", "Access Denied");
            });
    return switch (request.action()) {
      case "CreateBucket" -> create(request);
      case "HeadBucket" -> head(request);
      case "ListObjectsV2" -> S3Listing.list(request, bucket(request));
      case "PutObject" -> objects.put(request, bucket(request));
      case "GetObject", "HeadObject" -> objects.get(request, bucket(request));
      case "DeleteObject" -> objects.delete(request, bucket(request));
      default -> throw ServiceException.unsupported("the action");
    };
  }

  private HttpReply create(S3Request request) {
    request.onlyHeaders("content-md5", "x-amz-sdk-checksum-algorithm", "x-amz-checksum-*");
    S3Bucket made = new S3Bucket(request.bucket(), options.seed());
    if (buckets.putIfAbsent(request.bucket(), made) != null) {
      throw new ServiceException(
          409,
          "BucketAlreadyOwnedByYou",
          "Your previous request to create the named bucket succeeded and you already own it.");
    }
    return new HttpReply(200, Map.of("Location", "/" + request.bucket()), new byte[0]);
  }

  private HttpReply head(S3Request request) {
    request.onlyHeaders("x-amz-expected-bucket-owner");
    bucket(request);
    return new HttpReply(200, Map.of("x-amz-bucket-region", options.region()), new byte[0]);
  }

  private S3Bucket bucket(S3Request request) {
    S3Bucket bucket = buckets.get(request.bucket());
    if (bucket == null) {
      throw new ServiceException(404, "NoSuchBucket", "The specified bucket does not exist");
    }
    return bucket;
  }

  private S3Bucket required(String name) {
    S3Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new IllegalArgumentException("Bucket " + name + " does not exist");
    }
    return bucket;
  }
}
