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
 * The SDK's clients, which share one HTTP client. Endpoints, Region and credentials come from the
 * SDK's standard settings (environment, system properties, profiles). Creating the clients resolves
 * the Region and the endpoints but no credentials, and sends nothing; credentials are resolved on
 * the first call.
 */
public final class AwsClients implements AutoCloseable {

  /** The connect timeout; within a Region a connection takes a few milliseconds. */
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

  /** The read timeout of the socket; EC2 takes a few seconds for a full page of instances. */
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(8);

  /** The backoff of the SDK's standard retry mode (SDK reference guide, retry behaviour). */
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
   * Creates the clients with an HTTP client for the network.
   *
   * @param meter notified of every request
   * @throws AwsSettingsException if the SDK's settings cannot be used, for example without a Region
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
   * Creates the clients with the caller's HTTP client, for tests. They retry like the others but
   * without a pause, because the SDK's backoff can only use the system clock.
   *
   * @param http closed together with the clients
   * @param meter notified of every request
   * @throws AwsSettingsException if the SDK's settings cannot be used, for example without a Region
   */
  public static AwsClients over(SdkHttpClient http, CallMeter meter) {
    return over(http, meter, client -> {});
  }

  /**
   * Creates the clients with the caller's HTTP client and the backoff of the SDK's standard retry
   * mode, but by the caller's clock and without jitter, so that a run is reproducible.
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

  /**
   * A backoff that sleeps by the given clock while the SDK computes the delay, and then returns a
   * delay of zero.
   */
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

  /** Creates the clients and applies a further customization to each builder. */
  static AwsClients over(
      SdkHttpClient http, CallMeter meter, Consumer<AwsClientBuilder<?, ?>> more) {
    return with(http, meter, AwsClients::retryAtOnce, more);
  }

  /**
   * Creates the clients. Each gets its own retry strategy, because a strategy has a retry budget
   * and an outage of EC2 must not exhaust the budget of S3 and Kinesis.
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

  /**
   * Uses path-style addressing if the endpoint is overridden, because such a host does not support
   * virtual-hosted buckets.
   */
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

  /** EC2 with one attempt per call. */
  public Ec2Client ec2Writes() {
    return ec2Writes;
  }

  /**
   * Kinesis with the SDK's standard retry. Created on first use, because only backfill needs it and
   * a cold start is faster without it.
   *
   * @throws AwsSettingsException if the client cannot be created
   */
  public KinesisClient kinesis() {
    return kinesis.get();
  }

  /** S3 with the SDK's standard retry; path-style addressing if the endpoint is overridden. */
  public S3Client s3() {
    return s3;
  }

  /** The HTTP client that they share. */
  public SdkHttpClient http() {
    return http;
  }

  /**
   * Prepares for a snapshot: creates the clients that do not exist yet, discards the credentials,
   * and closes connections after each call from now on, so that restored copies of this process
   * share neither credentials nor connections. May be repeated.
   *
   * @throws AwsSettingsException if a client cannot be created
   */
  void beforeSnapshot() {
    connections.reuse(false);
    credentials.forget();
    kinesis.get();
  }

  /** Allows connections to be reused again. */
  void afterRestore() {
    connections.reuse(true);
  }

  /** Closes all clients and the HTTP client. */
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
