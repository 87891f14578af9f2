package io.trafficmirror.aws;

import io.trafficmirror.port.CallMeter;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/**
 * The SDK's clients, all over one HTTP client. Endpoints, region and credentials come from the
 * SDK's standard settings (environment, system properties, profiles). Making them reads the region
 * and the endpoints but no credentials and sends nothing; credentials are looked for with the first
 * call.
 */
public final class AwsClients implements AutoCloseable {

  /** How long a connection may take; within a region it takes some milliseconds. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** How long the socket may be silent; a full page of instances takes EC2 a few seconds. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(8);

  /** The pauses of the SDK's standard retry (SDK reference guide, retry behaviour). */
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);

  private static final Duration FIRST_THROTTLING_BACKOFF = Duration.ofSeconds(1);
  private static final Duration LONGEST_BACKOFF = Duration.ofSeconds(20);

  private final Ec2Client ec2Reads;
  private final Ec2Client ec2Writes;
  private final Lazy<KinesisClient> kinesis;
  private final S3Client s3;
  private final SdkHttpClient http;
  private final RoleCredentials credentials;
  private final Connections connections;

  private AwsClients(
      Ec2Client ec2Reads,
      Ec2Client ec2Writes,
      Lazy<KinesisClient> kinesis,
      S3Client s3,
      SdkHttpClient http,
      RoleCredentials credentials,
      Connections connections) {
    this.ec2Reads = ec2Reads;
    this.ec2Writes = ec2Writes;
    this.kinesis = kinesis;
    this.s3 = s3;
    this.http = http;
    this.credentials = credentials;
    this.connections = connections;
  }

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
    return with(http, meter, AwsRetryStrategy::standardRetryStrategy, client -> {});
  }

  /**
   * The clients over an HTTP client of the caller's, for tests: they retry as the others do, but at
   * once, since the SDK's pauses know no clock but the system's.
   *
   * @param http closed together with the clients
   * @param meter told of every request
   * @throws AwsSettingsException where the SDK's settings cannot be used, for example without a
   *     region
   */
  public static AwsClients over(SdkHttpClient http, CallMeter meter) {
    return over(http, meter, client -> {});
  }

  /**
   * The same, but that they pause between attempts as the SDK's standard retry does, by the
   * caller's clock and without its jitter, so that a run can be had again.
   *
   * @param time the clock
   */
  static AwsClients over(SdkHttpClient http, CallMeter meter, Time time) {
    return with(http, meter, () -> retryBy(time), client -> {});
  }

  private static RetryStrategy retryBy(Time time) {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .backoffStrategy(pausing(FIRST_BACKOFF, time))
        .throttlingBackoffStrategy(pausing(FIRST_THROTTLING_BACKOFF, time))
        .build();
  }

  /** The pause is over when the SDK asks how long it should be. */
  private static BackoffStrategy pausing(Duration first, Time time) {
    BackoffStrategy standard =
        BackoffStrategy.exponentialDelayWithoutJitter(first, LONGEST_BACKOFF);
    return attempt -> {
      try {
        time.sleep(standard.computeDelay(attempt));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return Duration.ZERO;
    };
  }

  private static RetryStrategy retryAtOnce() {
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .backoffStrategy(BackoffStrategy.retryImmediately())
        .throttlingBackoffStrategy(BackoffStrategy.retryImmediately())
        .build();
  }

  /** The clients, each with something more set. */
  static AwsClients over(
      SdkHttpClient http, CallMeter meter, Consumer<AwsClientBuilder<?, ?>> more) {
    return with(http, meter, AwsClients::retryAtOnce, more);
  }

  /**
   * A strategy is made anew for each client: it has a budget, and an outage of EC2 shall not use up
   * what S3 and Kinesis have.
   */
  private static AwsClients with(
      SdkHttpClient http,
      CallMeter meter,
      Supplier<RetryStrategy> standard,
      Consumer<AwsClientBuilder<?, ?>> more) {
    RoleCredentials credentials = new RoleCredentials();
    Connections connections = new Connections();
    List<ExecutionInterceptor> interceptors = List.of(new CallMeterInterceptor(meter), connections);
    Consumer<AwsClientBuilder<?, ?>> all =
        client -> {
          client.credentialsProvider(credentials);
          more.accept(client);
        };
    Supplier<RetryStrategy> none = AwsRetryStrategy::doNotRetry;
    try {
      return new AwsClients(
          with(Ec2Client.builder().httpClient(http), interceptors, standard, all).build(),
          with(Ec2Client.builder().httpClient(http), interceptors, none, all).build(),
          new Lazy<>(() -> kinesis(http, interceptors, standard, all)),
          s3(http, interceptors, standard, all),
          http,
          credentials,
          connections);
    } catch (RuntimeException e) {
      http.close();
      throw new AwsSettingsException(e);
    }
  }

  /** A bucket's name cannot stand before the host of an endpoint that is not AWS's own. */
  private static S3Client s3(
      SdkHttpClient http,
      List<ExecutionInterceptor> interceptors,
      Supplier<RetryStrategy> standard,
      Consumer<AwsClientBuilder<?, ?>> all) {
    S3ClientBuilder builder =
        with(S3Client.builder().httpClient(http), interceptors, standard, all);
    S3Client client = builder.build();
    return client.serviceClientConfiguration().endpointOverride().isPresent()
        ? builder.forcePathStyle(true).build()
        : client;
  }

  private static KinesisClient kinesis(
      SdkHttpClient http,
      List<ExecutionInterceptor> interceptors,
      Supplier<RetryStrategy> standard,
      Consumer<AwsClientBuilder<?, ?>> all) {
    try {
      return with(KinesisClient.builder().httpClient(http), interceptors, standard, all).build();
    } catch (RuntimeException e) {
      throw new AwsSettingsException(e);
    }
  }

  private static <B extends AwsClientBuilder<B, ?>> B with(
      B builder,
      List<ExecutionInterceptor> interceptors,
      Supplier<RetryStrategy> retry,
      Consumer<AwsClientBuilder<?, ?>> more) {
    more.accept(builder);
    return builder.overrideConfiguration(
        client -> client.executionInterceptors(interceptors).retryStrategy(retry.get()));
  }

  /** EC2 with the SDK's standard retry. */
  public Ec2Client ec2Reads() {
    return ec2Reads;
  }

  /** EC2 with one attempt a call. */
  public Ec2Client ec2Writes() {
    return ec2Writes;
  }

  /**
   * Kinesis with the SDK's standard retry. It is made when it is first asked for: only backfill
   * needs it, and a start that does not wait for it is the faster by that.
   *
   * @throws AwsSettingsException where it cannot be made
   */
  public KinesisClient kinesis() {
    return kinesis.get();
  }

  /**
   * S3 with the SDK's standard retry; path style where the endpoint is an IP address, which the SDK
   * sees to by itself.
   */
  public S3Client s3() {
    return s3;
  }

  /** What they share. */
  public SdkHttpClient http() {
    return http;
  }

  /**
   * Makes what is not made yet, forgets the credentials, and from now on leaves no connection open
   * behind a call: copies of this process shall have nothing that is another's. May be repeated.
   *
   * @throws AwsSettingsException where a client cannot be made
   */
  void beforeSnapshot() {
    connections.keep(false);
    credentials.forget();
    kinesis.get();
  }

  /** Connections may be kept again. */
  void afterRestore() {
    connections.keep(true);
  }

  /** Closes them all. */
  @Override
  public void close() {
    ec2Reads.close();
    ec2Writes.close();
    kinesis.forget().ifPresent(KinesisClient::close);
    s3.close();
    credentials.forget();
    http.close();
  }
}
