package io.trafficmirror.harness;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EventSourceMapping;
import io.trafficmirror.embedded.LambdaFunction;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A deployment whose event source mapping is stepped by the test, with a clock that advances only
 * when a thread sleeps.
 */
public non-sealed class SteppedDeployment extends Deployment {

  private final VirtualTime time;
  private final List<Environment> environments = Collections.synchronizedList(new ArrayList<>());
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private Optional<LambdaFunction> current = Optional.empty();
  private Executor executor = Runnable::run;
  private EventSourceMapping mapping;

  /** Creates a deployment on its own embedded AWS, without a network. */
  public SteppedDeployment(DeploymentOptions options) {
    this(options, new VirtualTime());
  }

  private SteppedDeployment(DeploymentOptions options, VirtualTime time) {
    this(EmbeddedAws.inProcess(options.embedded(time)), time, options);
  }

  /** Creates a deployment on an embedded AWS that uses this clock. */
  // The function is not invoked before the mapping is stepped.
  @SuppressWarnings("this-escape")
  public SteppedDeployment(EmbeddedAws aws, VirtualTime time, DeploymentOptions options) {
    super(aws, time, time, options);
    this.time = time;
    mapping = new EventSourceMapping(aws, STREAM, options.mapping(), this::invoke);
  }

  @Override
  synchronized void log(String line) {
    lines.add(line);
    super.log(line);
  }

  /** Handles every batch in the same environment until it is replaced. */
  private LambdaFunction.Result invoke(byte[] event, String requestId, Duration timeout) {
    LambdaFunction environment = current.orElseGet(this::environment);
    current = Optional.of(environment);
    return environment.invoke(event, requestId, timeout);
  }

  /** Makes the next batch use a new environment, with the environment variables of that time. */
  public final void replaceEnvironment() {
    current = Optional.empty();
  }

  /** Creates an environment. */
  public final LambdaFunction environment() {
    Environment environment = new Environment(this, executor);
    environments.add(environment);
    return environment;
  }

  /** Closes all environments and their threads, because a machine cannot run thousands of them. */
  public final void closeEnvironments() {
    environments.forEach(Environment::close);
    environments.clear();
  }

  /**
   * Creates a lightweight environment that shares its clients and their threads with all others.
   */
  public final LambdaFunction lightEnvironment(Time clock) {
    stayInProcess();
    return new SharedCloud(aws().inProcessHttpClient())
        .environment(cloud -> host(clock, cloud::open, executor), time);
  }

  /** Sets the executor for the writes of environments created from now on. */
  public final void setWriteExecutor(Executor other) {
    executor = other;
  }

  /** Connects a function to the stream from its start, replacing the previous mapping. */
  public final void connect(MappingSettings settings, LambdaFunction function) {
    mapping = new EventSourceMapping(aws(), STREAM, settings, function);
  }

  /** The event source mapping that was connected last. */
  public final EventSourceMapping mapping() {
    return mapping;
  }

  /** The clock. */
  public final VirtualTime time() {
    return time;
  }

  /** The lines that the function logged; mutable. */
  public final List<String> lines() {
    return lines;
  }

  /** The lines that the function logged, as one string. */
  public final String log() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** Steps the mapping until it is idle, one second apart. */
  public final void runUntilIdle() {
    for (int i = 0; i < 3_000 && !mapping.idle(); i++) {
      mapping.runOnce();
      time.sleep(Duration.ofSeconds(1));
    }
    if (!mapping.idle()) {
      throw new AssertionError(
          "the mapping is not idle after 3,000 steps: "
              + lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }
  }
}
