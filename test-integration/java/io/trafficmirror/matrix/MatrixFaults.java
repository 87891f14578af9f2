package io.trafficmirror.matrix;

import io.trafficmirror.embedded.Fault;
import io.trafficmirror.embedded.Throttles;
import io.trafficmirror.harness.RunningDeployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All faults, in the order of the table. */
final class MatrixFaults {

  /** Longer than the two minutes of retries for one instance. */
  private static final Duration DURATION = Duration.ofSeconds(150);

  private static final Duration CLIENT_TIMEOUT = Duration.ofSeconds(8);
  private static final int ALWAYS = Integer.MAX_VALUE;

  private static final List<String> WRITES =
      List.of(
          "CreateTrafficMirrorSession",
          "ModifyTrafficMirrorSession",
          "CreateTrafficMirrorTarget",
          "RunInstances",
          "CreateTags");

  private MatrixFaults() {}

  static List<MatrixFault> all() {
    List<MatrixFault> all = new ArrayList<>();
    all.addAll(limits());
    all.addAll(calls());
    all.addAll(outages());
    all.addAll(reads());
    all.addAll(others());
    all.addAll(streams());
    all.addAll(functions());
    return List.copyOf(all);
  }

  private static List<MatrixFault> limits() {
    return List.of(
        MatrixFault.of(
            "nothing but EC2's documented limits", DURATION, world -> {}, MatrixFaults::reset),
        MatrixFault.of(
            "a neighbour that takes nine tenths of every limit",
            DURATION,
            world -> world.aws().ec2().throttles().neighbour(0.9, world.clock().instant()),
            MatrixFaults::reset),
        MatrixFault.of(
            "limits of a tenth: writes one in two seconds",
            DURATION,
            world -> {
              Throttles.Limit little = new Throttles.Limit(2, 0.5);
              for (String action : WRITES) {
                world.aws().ec2().throttles().limit(action, little);
              }
            },
            MatrixFaults::reset),
        refused("EC2: every call throttled", "ec2", 503, "RequestLimitExceeded", 1, DURATION),
        MatrixFault.of(
            "EC2: every call slow (3 s)",
            DURATION,
            world -> world.aws().latencies().set("ec2", "*", Duration.ofSeconds(3)),
            MatrixFaults::reset));
  }

  private static List<MatrixFault> calls() {
    return List.of(
        oneInThree("before the effect: 500", new Fault.Refused(500, "InternalError")),
        oneInThree("before the effect: reset", new Fault.Cut()),
        oneInThree("before the effect: time-out", new Fault.TimedOut(CLIENT_TIMEOUT)),
        oneInThree("after the effect: 503", new Fault.DoneButRefused(503, "ServiceUnavailable")),
        oneInThree("after the effect: reset", new Fault.AnswerLost()),
        oneInThree("after the effect: time-out", new Fault.DoneButTimedOut(CLIENT_TIMEOUT)),
        oneInThree("after the effect: cut answer", new Fault.AnswerCut()));
  }

  private static List<MatrixFault> outages() {
    return List.of(
        outage(DURATION),
        writeOutage("EC2: writes away (503), reads not", new Fault.Refused(503, "Unavailable")),
        writeOutage("EC2: writes done, every answer lost", new Fault.AnswerLost()),
        failing("DNS: no name is found", "*", new Fault.UnknownHost(), 1, DURATION));
  }

  /** EC2 answers every call with an error. */
  static MatrixFault outage(Duration lasts) {
    return refused("EC2: away (500)", "ec2", 500, "InternalError", 1, lasts);
  }

  private static List<MatrixFault> reads() {
    return List.of(
        MatrixFault.of(
                "stale reads (0 to 20 s)",
                DURATION,
                world -> world.aws().ec2().readLag(Duration.ZERO, Duration.ofSeconds(20)),
                MatrixFaults::reset)
            .hidingNewInstances(),
        MatrixFault.of(
            "half of the pages empty, with a token",
            DURATION,
            world -> world.aws().ec2().emptyPages(0.5),
            MatrixFaults::reset),
        MatrixFault.everySecond(
            "tokens that expire every 30 s",
            DURATION,
            (world, second) -> {
              if (second % 30 == 3) {
                world.aws().ec2().expireTokens();
              }
            }),
        MatrixFault.of(
            "denied, after the apply",
            DURATION,
            world -> world.aws().ec2().denyUntil(world.clock().instant().plus(DURATION)),
            MatrixFaults::reset));
  }

  private static List<MatrixFault> others() {
    return List.of(
        refused("S3: every second call throttled", "s3", 503, "SlowDown", 0.5, DURATION),
        refused("S3: away (500)", "s3", 500, "InternalError", 1, DURATION),
        refused(
            "Kinesis: every second call throttled",
            "kinesis",
            400,
            "ProvisionedThroughputExceededException",
            0.5,
            DURATION),
        refused("Kinesis: away (500)", "kinesis", 500, "InternalFailure", 1, DURATION),
        MatrixFault.everySecond(
            "Kinesis: entries refused within good answers",
            DURATION,
            (world, second) -> {
              if (second % 5 == 1) {
                world.aws().kinesis().refuseEntries(1, "ProvisionedThroughputExceededException");
              }
            }));
  }

  private static List<MatrixFault> streams() {
    return List.of(
        MatrixFault.everySecond("a stream that is resharded", DURATION, MatrixFaults::reshard),
        MatrixFault.of(
            "events and pages twice, events up to 30 s late",
            DURATION,
            world -> world.aws().eventBridge().unreliable(0.5, Duration.ofSeconds(30)),
            world -> world.aws().eventBridge().unreliable(0, Duration.ZERO)));
  }

  private static List<MatrixFault> functions() {
    return List.of(
        MatrixFault.everySecond(
            "a process killed every other second",
            DURATION,
            (world, second) -> {
              if (second % 2 == 1) {
                world.functions().killAny();
              }
            }),
        MatrixFault.everySecond(
            "all processes killed every four seconds",
            DURATION,
            (world, second) -> {
              if (second % 4 == 3) {
                world.functions().killAll();
              }
            }),
        MatrixFault.of(
                "out of time: 30 s, of which each call takes 5",
                DURATION,
                world -> world.aws().latencies().set("ec2", "*", Duration.ofSeconds(5)),
                MatrixFaults::reset)
            .withOptions(
                options ->
                    options.withMapping(
                        options.mapping().withFunctionTimeout(Duration.ofSeconds(30)))),
        failing(
            "out of time: one call in fifty hangs",
            "*",
            new Fault.Slow(Duration.ofMinutes(10)),
            0.02,
            DURATION));
  }

  private static void reshard(RunningDeployment world, int second) {
    var kinesis = world.aws().kinesis();
    List<String> open = kinesis.openShards(RunningDeployment.STREAM);
    switch (second % 40) {
      case 10, 20 -> kinesis.splitShard(RunningDeployment.STREAM, open.getFirst());
      case 30 -> kinesis.mergeShards(RunningDeployment.STREAM, open.get(0), open.get(1));
      default -> {
        // No change.
      }
    }
  }

  private static MatrixFault failing(
      String name, String service, Fault fault, double share, Duration lasts) {
    return MatrixFault.of(
        name,
        lasts,
        world -> world.aws().faults().inject(service, "*", fault, ALWAYS, share),
        MatrixFaults::reset);
  }

  private static MatrixFault refused(
      String name, String service, int status, String code, double share, Duration lasts) {
    return failing(name, service, new Fault.Refused(status, code), share, lasts);
  }

  private static MatrixFault oneInThree(String when, Fault fault) {
    return failing("EC2: one call in three, " + when, "ec2", fault, 0.33, DURATION);
  }

  private static MatrixFault writeOutage(String name, Fault fault) {
    return MatrixFault.of(
            name,
            DURATION,
            world -> WRITES.forEach(w -> world.aws().faults().inject("ec2", w, fault, ALWAYS, 1)),
            MatrixFaults::reset)
        .resemblingASingleInstance();
  }

  /** Restores the initial state: EC2's documented limits, typical latencies and no faults. */
  static void reset(RunningDeployment world) {
    world.aws().faults().clear();
    world.aws().latencies().off();
    world.aws().latencies().typical();
    world.aws().ec2().throttles().off();
    world.aws().ec2().throttles().asDocumented().neighbour(0, world.clock().instant());
    world.aws().ec2().readLag(Duration.ZERO);
    world.aws().ec2().emptyPages(0);
    world.aws().ec2().denyUntil(world.clock().instant());
  }
}
