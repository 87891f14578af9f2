package io.trafficmirror.worlds;

import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.utils.SdkAutoCloseable;

/**
 * The SDK's clients. A call to a service that a world lacks fails with the error of its endpoint.
 * Safe for use by several threads.
 */
record Clients(
    String region,
    Ec2Client ec2,
    EventBridgeClient events,
    KinesisClient kinesis,
    S3Client s3,
    LambdaClient lambda,
    SchedulerClient scheduler)
    implements AutoCloseable {

  /** A dummy access key, because emulators do not check signatures. */
  static final String ACCESS_KEY = "emulator";

  /** The read timeout, long enough for the first start of a function in a container. */
  private static final Duration CALL_TIME = Duration.ofMinutes(3);

  /**
   * Creates the clients.
   *
   * @param endpoint returns the endpoint of a service, by the suffix of its variable {@code
   *     AWS_ENDPOINT_URL_...}: {@code EC2}, {@code KINESIS} and so on
   */
  static Clients at(Function<String, URI> endpoint, String region) {
    return new Clients(
        region,
        with(Ec2Client.builder(), endpoint.apply("EC2"), region),
        with(EventBridgeClient.builder(), endpoint.apply("EVENTBRIDGE"), region),
        with(KinesisClient.builder(), endpoint.apply("KINESIS"), region),
        with(S3Client.builder().forcePathStyle(true), endpoint.apply("S3"), region),
        with(LambdaClient.builder(), endpoint.apply("LAMBDA"), region),
        with(SchedulerClient.builder(), endpoint.apply("SCHEDULER"), region));
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C with(
      B builder, URI endpoint, String region) {
    return builder
        .endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(ACCESS_KEY, ACCESS_KEY)))
        .httpClientBuilder(UrlConnectionHttpClient.builder().socketTimeout(CALL_TIME))
        .build();
  }

  @Override
  public void close() {
    Stream.<SdkAutoCloseable>of(ec2, events, kinesis, s3, lambda, scheduler)
        .forEach(SdkAutoCloseable::close);
  }
}
