package io.trafficmirror.embedded;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * S3, path style (and host style where the host is S3's own), objects in memory. Reads see writes
 * at once, as S3's do. Safe for use by several threads.
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

  /** Makes a bucket; does nothing where there is one of that name. */
  public void createBucket(String name) {
    buckets.putIfAbsent(name, new S3Bucket(name, options.seed()));
  }

  /**
   * Puts an object past the API, hence past hook and faults.
   *
   * @throws IllegalArgumentException where there is no such bucket
   */
  public void put(String bucket, String key, byte[] data) {
    required(bucket).put(key, data, Map.of(), options.clock().instant(), false);
  }

  /**
   * Puts an object past the API and from now on keeps versions of everything in the bucket.
   *
   * @return the version's id
   * @throws IllegalArgumentException where there is no such bucket
   */
  public String putVersioned(String bucket, String key, byte[] data) {
    required(bucket).keepVersions();
    return required(bucket)
        .put(key, data, Map.of(), options.clock().instant(), false)
        .orElseThrow()
        .versionId();
  }

  /**
   * What is in a bucket now, by key.
   *
   * @throws IllegalArgumentException where there is no such bucket
   */
  public SortedMap<String, byte[]> objects(String bucket) {
    SortedMap<String, byte[]> data = new TreeMap<>();
    required(bucket).objects().forEach((key, object) -> data.put(key, object.data()));
    return data;
  }

  /** Whether there is such a bucket. */
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
    } catch (RefusedCall refused) {
      if (refused.code().equals(RefusedCall.UNSUPPORTED)) {
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
              throw new RefusedCall(403, "AccessDenied", "Access Denied");
            });
    return switch (request.action()) {
      case "CreateBucket" -> create(request);
      case "HeadBucket" -> head(request);
      case "ListObjectsV2" -> S3Listing.list(request, bucket(request));
      case "PutObject" -> objects.put(request, bucket(request));
      case "GetObject", "HeadObject" -> objects.get(request, bucket(request));
      case "DeleteObject" -> objects.delete(request, bucket(request));
      default -> throw RefusedCall.unsupported("the action");
    };
  }

  private HttpReply create(S3Request request) {
    request.onlyHeaders("content-md5", "x-amz-sdk-checksum-algorithm", "x-amz-checksum-*");
    S3Bucket made = new S3Bucket(request.bucket(), options.seed());
    if (buckets.putIfAbsent(request.bucket(), made) != null) {
      throw new RefusedCall(
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
      throw new RefusedCall(404, "NoSuchBucket", "The specified bucket does not exist");
    }
    return bucket;
  }

  private S3Bucket required(String name) {
    S3Bucket bucket = buckets.get(name);
    if (bucket == null) {
      throw new IllegalArgumentException("There is no bucket " + name);
    }
    return bucket;
  }
}
