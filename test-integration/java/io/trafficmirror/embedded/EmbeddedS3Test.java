package io.trafficmirror.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

final class EmbeddedS3Test {

  private final EmbeddedAws aws = EmbeddedAws.start(EmbeddedOptions.defaults());
  private final S3Client overHttp = Clients.overHttp(aws, S3Client.builder().forcePathStyle(true));
  private final S3Client inProcess =
      Clients.inProcess(aws, S3Client.builder().forcePathStyle(true));

  @AfterEach
  void close() {
    overHttp.close();
    aws.close();
  }

  @Test
  void readsInProcessWhatWasPutOverHttp() {
    overHttp.createBucket(r -> r.bucket("bucket"));
    PutObjectResponse put =
        overHttp.putObject(
            r ->
                r.bucket("bucket")
                    .key("a/ä b+c")
                    .metadata(Map.of("why", "x"))
                    .contentType("text/x"),
            RequestBody.fromString("hello"));

    assertThat(inProcess.getObjectAsBytes(r -> r.bucket("bucket").key("a/ä b+c")))
        .satisfies(
            got -> {
              assertThat(got.asUtf8String()).isEqualTo("hello");
              assertThat(got.response().eTag()).isEqualTo(put.eTag());
              assertThat(got.response().metadata()).isEqualTo(Map.of("why", "x"));
              assertThat(got.response().contentType()).isEqualTo("text/x");
              assertThat(got.response().contentLength()).isEqualTo(5);
            });
    assertThat(aws.calls().refusedAsUnsupported()).isEmpty();
    assertThat(aws.calls().byAction("s3"))
        .isEqualTo(Map.of("CreateBucket", 1, "PutObject", 1, "GetObject", 1));
  }

  @ParameterizedTest
  @EnumSource(names = {"CRC32", "CRC32_C", "SHA1", "SHA256"})
  void decodesAChunkedBodyWithATrailingChecksum(ChecksumAlgorithm algorithm) {
    byte[] data = new byte[300_000];
    new Random(1).nextBytes(data);
    overHttp.createBucket(r -> r.bucket("bucket"));
    for (S3Client client : new S3Client[] {overHttp, inProcess}) {
      client.putObject(
          r -> r.bucket("bucket").key("k").checksumAlgorithm(algorithm),
          RequestBody.fromInputStream(new ByteArrayInputStream(data), data.length));

      assertThat(aws.s3().objects("bucket").get("k")).isEqualTo(data);
      assertThat(client.getObjectAsBytes(r -> r.bucket("bucket").key("k")).asByteArray())
          .isEqualTo(data);
    }
  }

  @Test
  void missingResourcesBecomeTheSdksExceptions() {
    aws.s3().createBucket("bucket");

    assertThatThrownBy(() -> overHttp.getObjectAsBytes(r -> r.bucket("bucket").key("k")))
        .isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(() -> inProcess.headObject(r -> r.bucket("bucket").key("k")))
        .isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(() -> overHttp.headObject(r -> r.bucket("bucket").key("k")))
        .isInstanceOf(NoSuchKeyException.class);
    assertThatThrownBy(
            () -> overHttp.putObject(r -> r.bucket("other").key("k"), RequestBody.fromString("x")))
        .isInstanceOf(NoSuchBucketException.class);
    assertThatThrownBy(() -> overHttp.createBucket(r -> r.bucket("bucket")))
        .isInstanceOf(BucketAlreadyOwnedByYouException.class);
  }

  @Test
  void headReturnsTheSizeAndETag() {
    aws.s3().createBucket("bucket");
    aws.s3().put("bucket", "k", "hello".getBytes(UTF_8));

    for (S3Client client : new S3Client[] {overHttp, inProcess}) {
      HeadObjectResponse head = client.headObject(r -> r.bucket("bucket").key("k"));
      assertThat(head.contentLength()).isEqualTo(5);
      assertThat(head.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
    }
  }

  @Test
  void readsEveryVersionAfterADelete() {
    aws.s3().createBucket("bucket");
    String first = aws.s3().putVersioned("bucket", "k", "one".getBytes(UTF_8));
    String second =
        overHttp
            .putObject(r -> r.bucket("bucket").key("k"), RequestBody.fromString("two"))
            .versionId();

    assertThat(
            overHttp
                .getObjectAsBytes(r -> r.bucket("bucket").key("k").versionId(first))
                .asUtf8String())
        .isEqualTo("one");
    assertThat(overHttp.getObjectAsBytes(r -> r.bucket("bucket").key("k")).response().versionId())
        .isEqualTo(second);
    overHttp.deleteObject(r -> r.bucket("bucket").key("k"));
    assertThat(aws.s3().objects("bucket")).isEmpty();
    assertThatThrownBy(() -> overHttp.getObjectAsBytes(r -> r.bucket("bucket").key("k")))
        .isInstanceOf(NoSuchKeyException.class);
    assertThat(
            overHttp
                .getObjectAsBytes(r -> r.bucket("bucket").key("k").versionId(second))
                .asUtf8String())
        .isEqualTo("two");
    S3Exception none =
        catchThrowableOfType(
            S3Exception.class,
            () -> overHttp.getObjectAsBytes(r -> r.bucket("bucket").key("k").versionId("none")));
    assertThat(none.awsErrorDetails().errorCode()).isEqualTo("NoSuchVersion");
  }

  @Test
  void deletesPermanentlyWithoutVersioning() {
    aws.s3().createBucket("bucket");
    aws.s3().put("bucket", "k", new byte[1]);
    inProcess.deleteObject(r -> r.bucket("bucket").key("k"));
    inProcess.deleteObject(r -> r.bucket("bucket").key("k"));

    assertThat(aws.s3().objects("bucket")).isEmpty();
  }

  @Test
  void listsKeysWithAPrefixInOrderAndInPages() {
    aws.s3().createBucket("bucket");
    Stream.of("x/3", "x/1", "y/1", "x/2&").forEach(key -> aws.s3().put("bucket", key, new byte[2]));
    ListObjectsV2Response page =
        overHttp.listObjectsV2(r -> r.bucket("bucket").prefix("x/").maxKeys(2));

    assertThat(page.contents()).extracting(S3Object::key).containsExactly("x/1", "x/2&");
    assertThat(page.isTruncated()).isTrue();
    assertThat(
            inProcess
                .listObjectsV2Paginator(r -> r.bucket("bucket").prefix("x/").maxKeys(2))
                .contents())
        .extracting(S3Object::key)
        .containsExactly("x/1", "x/2&", "x/3");
  }

  @Test
  void rejectsAConditionalPutIfTheObjectExists() {
    aws.s3().createBucket("bucket");
    overHttp.putObject(
        r -> r.bucket("bucket").key("k").ifNoneMatch("*"), RequestBody.fromString("1"));
    S3Exception refused =
        catchThrowableOfType(
            S3Exception.class,
            () ->
                overHttp.putObject(
                    r -> r.bucket("bucket").key("k").ifNoneMatch("*"),
                    RequestBody.fromString("2")));

    assertThat(refused.statusCode()).isEqualTo(412);
    assertThat(aws.s3().objects("bucket").get("k")).isEqualTo("1".getBytes(UTF_8));
  }

  @Test
  void rejectsABodyThatDoesNotMatchItsChecksum() {
    aws.s3().createBucket("bucket");

    assertThatThrownBy(
            () ->
                overHttp.putObject(
                    r -> r.bucket("bucket").key("k").checksumCRC32("AAAAAA=="),
                    RequestBody.fromString("hello")))
        .isInstanceOf(S3Exception.class)
        .hasMessageContaining("did not match");
    assertThat(aws.s3().objects("bucket")).isEmpty();
  }

  @Test
  void acceptsVirtualHostedStyleRequests() {
    aws.s3().createBucket("bucket");
    aws.s3().put("bucket", "k", "hello".getBytes(UTF_8));
    S3Client ofS3 =
        Clients.inProcess(aws, S3Client.builder(), "https://s3." + aws.region() + ".amazonaws.com");

    assertThat(ofS3.getObjectAsBytes(r -> r.bucket("bucket").key("k")).asUtf8String())
        .isEqualTo("hello");
  }

  @Test
  void reportsUnsupportedFeatures() {
    aws.s3().createBucket("bucket");
    aws.s3().put("bucket", "k", new byte[9]);

    assertThatThrownBy(
            () -> overHttp.getObjectAsBytes(r -> r.bucket("bucket").key("k").range("bytes=0-1")))
        .isInstanceOf(S3Exception.class);
    assertThatThrownBy(() -> overHttp.getBucketTagging(r -> r.bucket("bucket")))
        .isInstanceOf(S3Exception.class);
    assertThat(aws.calls().refusedAsUnsupported())
        .containsExactly(
            "s3 GetObject: header range", "s3 unknown GET bucket {tagging=}: the action");
  }
}
