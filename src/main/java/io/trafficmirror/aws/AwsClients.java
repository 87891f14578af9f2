package io.trafficmirror.aws;

import io.trafficmirror.reconcile.CallMeter;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The SDK's clients, all over one HTTP client. Endpoints, region and credentials come from the
 * SDK's standard settings (environment, system properties, profiles). Making them reads the region
 * and the endpoints but no credentials and sends nothing, so that a snapshot of the process holds
 * no secret; credentials are looked for with the first call.
 *
 * @param ec2Reads EC2 with the SDK's standard retry
 * @param ec2Writes EC2 with one attempt a call
 * @param kinesis Kinesis with the SDK's standard retry
 * @param s3 S3 with the SDK's standard retry; path style where the endpoint is an IP address, which
 *     the SDK sees to by itself
 * @param http what they share
 */
public record AwsClients(
    Ec2Client ec2Reads, Ec2Client ec2Writes, KinesisClient kinesis, S3Client s3, SdkHttpClient http)
    implements AutoCloseable {

  /** How long a connection may take; within a region it takes some milliseconds. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** How long the socket may be silent; a full page of instances takes EC2 a few seconds. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(8);

  /**
   * The clients over the network.
   *
   * @param meter told of every request
   * @throws AwsSettingsException where the SDK's settings cannot be used, for example without a
   *     region
   */
  public static AwsClients create(CallMeter meter) {
    SdkHttpClient http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(CONNECT_TIMEOUT)
            .socketTimeout(READ_TIMEOUT)
            .build();
    return over(http, meter);
  }

  /**
   * The clients over an HTTP client of the caller's, for tests.
   *
   * @param http closed together with the clients
   * @param meter told of every request
   * @throws AwsSettingsException where the SDK's settings cannot be used, for example without a
   *     region
   */
  public static AwsClients over(SdkHttpClient http, CallMeter meter) {
    return over(http, meter, client -> {});
  }

  /** The clients, each with something more set. */
  static AwsClients over(
      SdkHttpClient http, CallMeter meter, Consumer<AwsClientBuilder<?, ?>> more) {
    CallMeterInterceptor interceptor = new CallMeterInterceptor(meter);
    // Made anew for each client: a strategy has a budget, and an outage of EC2 shall not use up
    // what S3 and Kinesis have.
    Supplier<RetryStrategy> standard = AwsRetryStrategy::standardRetryStrategy;
    Supplier<RetryStrategy> none = AwsRetryStrategy::doNotRetry;
    try {
      return new AwsClients(
          with(Ec2Client.builder().httpClient(http), interceptor, standard, more).build(),
          with(Ec2Client.builder().httpClient(http), interceptor, none, more).build(),
          with(KinesisClient.builder().httpClient(http), interceptor, standard, more).build(),
          with(S3Client.builder().httpClient(http), interceptor, standard, more).build(),
          http);
    } catch (RuntimeException e) {
      http.close();
      throw new AwsSettingsException(e);
    }
  }

  private static <B extends AwsClientBuilder<B, ?>> B with(
      B builder,
      CallMeterInterceptor interceptor,
      Supplier<RetryStrategy> retry,
      Consumer<AwsClientBuilder<?, ?>> more) {
    more.accept(builder);
    return builder.overrideConfiguration(
        client -> client.addExecutionInterceptor(interceptor).retryStrategy(retry.get()));
  }

  /** Closes them all. */
  @Override
  public void close() {
    ec2Reads.close();
    ec2Writes.close();
    kinesis.close();
    s3.close();
    http.close();
  }
}
