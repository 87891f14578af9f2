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
 * A deployment whose event source mapping the test steps, on a clock that moves only when somebody
 * sleeps.
 */
public non-sealed class SteppedDeployment extends Deployment {

  private final VirtualTime time;
  private final List<Environment> environments = Collections.synchronizedList(new ArrayList<>());
  private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
  private Optional<LambdaFunction> current = Optional.empty();
  private Executor executor = Runnable::run;
  private EventSourceMapping mapping;

  /** A deployment on an AWS of its own, without a network. */
  public SteppedDeployment(DeploymentOptions options) {
    this(options, new VirtualTime());
  }

  private SteppedDeployment(DeploymentOptions options, VirtualTime time) {
    this(EmbeddedAws.inProcess(options.embedded(time)), time, options);
  }

  /** A deployment on an AWS that goes by that clock. */
  // Nobody invokes the function before the mapping is stepped.
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

  /** One environment handles every batch, until it is replaced. */
  private LambdaFunction.Result invoke(byte[] event, String requestId, Duration timeout) {
    LambdaFunction environment = current.orElseGet(this::environment);
    current = Optional.of(environment);
    return environment.invoke(event, requestId, timeout);
  }

  /** The next batch goes to a new environment, with the variables of then. */
  public final void replaceEnvironment() {
    current = Optional.empty();
  }

  /** A new environment. */
  public final LambdaFunction environment() {
    Environment made = new Environment(this, executor);
    environments.add(made);
    return made;
  }

  /** Closes all environments, with their threads: a machine does not have enough for thousands. */
  public final void endEnvironments() {
    environments.forEach(Environment::close);
    environments.clear();
  }

  /** A new environment whose clients share their threads with those of all others; cheap. */
  public final LambdaFunction lightEnvironment(Time clock) {
    stayInProcess();
    return new SharedCloud(aws().inProcessHttpClient())
        .environment(cloud -> host(clock, cloud::open, executor), time);
  }

  /** Writes of the environments from now on run in it. */
  public final void runWritesIn(Executor other) {
    executor = other;
  }

  /** Connects another function, or the same with other settings, to the stream from its start. */
  public final void connect(MappingSettings settings, LambdaFunction function) {
    mapping = new EventSourceMapping(aws(), STREAM, settings, function);
  }

  /** The mapping that was connected last. */
  public final EventSourceMapping mapping() {
    return mapping;
  }

  /** The clock. */
  public final VirtualTime time() {
    return time;
  }

  /** The lines that the function has logged; may be cleared. */
  public final List<String> lines() {
    return lines;
  }

  /** The lines that the function has logged. */
  public final String log() {
    synchronized (lines) {
      return String.join("\n", lines);
    }
  }

  /** Invokes the function until nothing is left; a second passes between two steps. */
  public final void runToTheEnd() {
    for (int i = 0; i < 3_000 && !mapping.idle(); i++) {
      mapping.runOnce();
      time.sleep(Duration.ofSeconds(1));
    }
    if (!mapping.idle()) {
      throw new AssertionError(
          "there is still work after an hour: "
              + lines.subList(Math.max(0, lines.size() - 10), lines.size()));
    }
  }
}
