package io.trafficmirror.embedded;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * An in-process emulator of one AWS account in one AWS Region. The SDK clients connect to it over
 * HTTP on the loopback interface or through {@link #inProcessHttpClient}. It routes each request by
 * the service name in its signature, which is not verified. Thread-safe.
 */
public final class EmbeddedAws implements AutoCloseable {

  private final EmbeddedOptions options;
  private final CallLog calls = new CallLog();
  private final Faults faults;
  private final Latencies latencies;
  private final EmbeddedEc2 ec2;
  private final EmbeddedKinesis kinesis;
  private final EmbeddedEventBridge eventBridge;
  private final EmbeddedS3 s3;
  private final Dispatcher dispatcher;
  private final Optional<HttpListener> http;

  private EmbeddedAws(
      EmbeddedOptions options, Function<Dispatcher, Optional<HttpListener>> socket) {
    this.options = options;
    faults = new Faults(options.seed());
    latencies = new Latencies(options);
    ec2 =
        new EmbeddedEc2(
            options.ec2(),
            options.account(),
            options.region(),
            options.clock(),
            options.seed(),
            calls::unsupported);
    kinesis = new EmbeddedKinesis(options, calls::unsupported);
    eventBridge = new EmbeddedEventBridge(options, kinesis, calls::unsupported);
    s3 = new EmbeddedS3(options, calls::unsupported);
    Map<String, AwsService> services =
        Stream.<AwsService>of(ec2, kinesis, eventBridge, s3)
            .collect(Collectors.toMap(AwsService::signingName, Function.identity()));
    dispatcher = new Dispatcher(services, calls, faults, latencies);
    http = socket.apply(dispatcher);
  }

  /** Starts an emulator that also listens on a free port of 127.0.0.1. */
  public static EmbeddedAws start(EmbeddedOptions options) {
    return new EmbeddedAws(options, dispatcher -> Optional.of(HttpListener.start(dispatcher)));
  }

  /**
   * Starts an emulator that also listens on a given address, for callers that cannot reach this
   * machine's loopback interface, such as a function in a container. Access is not restricted.
   *
   * @param bind the address; port 0 for a free port
   */
  public static EmbeddedAws start(EmbeddedOptions options, InetSocketAddress bind) {
    return new EmbeddedAws(
        options, dispatcher -> Optional.of(HttpListener.start(dispatcher, bind)));
  }

  /** Starts an emulator without a socket. */
  public static EmbeddedAws inProcess(EmbeddedOptions options) {
    return new EmbeddedAws(options, dispatcher -> Optional.empty());
  }

  /**
   * The endpoint for callers on this machine.
   *
   * @throws IllegalStateException if it has no socket
   */
  public URI endpoint() {
    return http.orElseThrow(() -> new IllegalStateException("this emulator has no socket"))
        .endpoint();
  }

  /** The AWS Region. */
  public String region() {
    return options.region();
  }

  /** The account id. */
  public String account() {
    return options.account();
  }

  /** Embedded EC2. */
  public EmbeddedEc2 ec2() {
    return ec2;
  }

  /** Embedded Kinesis. */
  public EmbeddedKinesis kinesis() {
    return kinesis;
  }

  /** Embedded EventBridge, which has only the default event bus. */
  public EmbeddedEventBridge eventBridge() {
    return eventBridge;
  }

  /** Embedded S3. */
  public EmbeddedS3 s3() {
    return s3;
  }

  /** The log of all calls. */
  public CallLog calls() {
    return calls;
  }

  /** The injected faults. */
  public Faults faults() {
    return faults;
  }

  /** The simulated latencies, zero by default. */
  public Latencies latencies() {
    return latencies;
  }

  /**
   * An HTTP client that sends every request to this emulator, whatever its host. Closing it has no
   * effect.
   */
  public SdkHttpClient inProcessHttpClient() {
    return new InProcessHttpClient(dispatcher);
  }

  /** Replaces the hook. */
  public void onCall(CallHook hook) {
    dispatcher.onCall(hook);
  }

  /** Stops listening and closes the open connections. The Java methods still work. */
  @Override
  public void close() {
    http.ifPresent(HttpListener::close);
  }

  EmbeddedOptions options() {
    return options;
  }
}
