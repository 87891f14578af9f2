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
 * One account in one Region of an AWS that lives in this process. The real SDK clients speak to it,
 * over HTTP on the loopback interface or through {@link #inProcessHttpClient}. A request finds its
 * service by the service name that it is signed for; signatures are not checked. Safe for use by
 * several threads.
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
  private final Front front;
  private final Optional<HttpFront> http;

  private EmbeddedAws(EmbeddedOptions options, Function<Front, Optional<HttpFront>> socket) {
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
    front = new Front(services, calls, faults, latencies);
    http = socket.apply(front);
  }

  /** Starts one that also listens on a free port of 127.0.0.1. */
  public static EmbeddedAws start(EmbeddedOptions options) {
    return new EmbeddedAws(options, front -> Optional.of(HttpFront.start(front)));
  }

  /**
   * Starts one that also listens on an address of the caller's choice, for callers who are not on
   * this machine's loopback interface: a function in a container. Whoever can reach the address can
   * use it.
   *
   * @param bind the address; port 0 for a free port
   */
  public static EmbeddedAws start(EmbeddedOptions options, InetSocketAddress bind) {
    return new EmbeddedAws(options, front -> Optional.of(HttpFront.start(front, bind)));
  }

  /** Starts one without any socket. */
  public static EmbeddedAws inProcess(EmbeddedOptions options) {
    return new EmbeddedAws(options, front -> Optional.empty());
  }

  /**
   * Where it listens, as seen from this machine.
   *
   * @throws IllegalStateException where it has no socket
   */
  public URI endpoint() {
    return http.orElseThrow(() -> new IllegalStateException("This embedded AWS has no socket"))
        .endpoint();
  }

  /** Its Region. */
  public String region() {
    return options.region();
  }

  /** Its account id. */
  public String account() {
    return options.account();
  }

  /** Its EC2. */
  public EmbeddedEc2 ec2() {
    return ec2;
  }

  /** Its Kinesis. */
  public EmbeddedKinesis kinesis() {
    return kinesis;
  }

  /** Its EventBridge, with the default bus only. */
  public EmbeddedEventBridge eventBridge() {
    return eventBridge;
  }

  /** Its S3. */
  public EmbeddedS3 s3() {
    return s3;
  }

  /** What was asked of it. */
  public CallLog calls() {
    return calls;
  }

  /** What goes wrong on purpose. */
  public Faults faults() {
    return faults;
  }

  /** How long its calls take; no time at first. */
  public Latencies latencies() {
    return latencies;
  }

  /**
   * An HTTP client that speaks to this embedded AWS only, whatever host a request names. To close
   * it does nothing.
   */
  public SdkHttpClient inProcessHttpClient() {
    return new InProcessHttpClient(front);
  }

  /** Sets the hook, instead of the one before. */
  public void onCall(CallHook hook) {
    front.onCall(hook);
  }

  /** Stops listening; calls under way are cut. The Java surface goes on working. */
  @Override
  public void close() {
    http.ifPresent(HttpFront::close);
  }

  EmbeddedOptions options() {
    return options;
  }
}
