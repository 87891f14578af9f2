package io.trafficmirror.soak;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.harness.RunningDeployment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The figures of a soak.
 *
 * @param numbers the counts by label, in the order of the table
 * @param unsupported the calls that embedded AWS does not support
 * @param grown the product's classes with more live bytes at the end than in the middle
 */
record Figures(Map<String, Long> numbers, List<String> unsupported, List<String> grown) {

  private static final int MAX_CLASSES = 10;

  static Figures of(
      RunningDeployment world,
      SoakFleet fleet,
      FleetChurn.Counts churn,
      Poison poison,
      SoakMonitor monitor) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    numbers.put("instances launched", (long) churn.launches);
    numbers.put(
        "instances that matched at launch, including the initial fleet", (long) fleet.matched());
    numbers.put("instances terminated", (long) churn.terminations);
    numbers.put("instances stopped", (long) churn.stops);
    numbers.put("instances restarted", (long) churn.starts);
    numbers.put("tag changes", (long) churn.tagChanges);
    numbers.put("findings", (long) churn.findings);
    numbers.put("poison records", (long) poison.count());
    numbers.put(
        "records on the stream", (long) world.aws().kinesis().count(RunningDeployment.STREAM));
    numbers.put("invocations", (long) monitor.records().deliveries());
    numbers.put(
        "invocations that returned records for a retry", (long) monitor.records().returned());
    numbers.put("processes killed", (long) world.functions().killed());
    numbers.put("processes that timed out", (long) world.functions().timeOuts());
    numbers.put("environments created", (long) world.functions().environments());
    calls(world.aws(), numbers);
    numbers.put(
        "faults injected into EC2, S3 and Kinesis calls", (long) world.aws().faults().happened());
    numbers.put("instances at the end", (long) fleet.size());
    numbers.put("sessions at the end", (long) world.aws().ec2().sessions().size());
    numbers.put("targets on demand at the end", sensors(world.aws()));
    for (String prefix : List.of("retries-exhausted/", "rejected/", "aws/lambda/")) {
      numbers.put("objects in the failure bucket under " + prefix, stored(world, prefix));
    }
    return new Figures(
        numbers, world.aws().calls().refusedAsUnsupported(), monitor.grown(MAX_CLASSES));
  }

  private static long sensors(EmbeddedAws aws) {
    return TargetsOnDemand.living(aws.ec2().instances()).size();
  }

  private static long stored(RunningDeployment world, String prefix) {
    return world.failureObjects().keySet().stream().filter(key -> key.startsWith(prefix)).count();
  }

  private static void calls(EmbeddedAws aws, Map<String, Long> numbers) {
    Map<String, Map<String, Integer>> ec2 = aws.calls().byActionAndResult("ec2");
    numbers.put("EC2 calls", sum(ec2, "", false));
    numbers.put("throttled EC2 calls", sum(ec2, "RequestLimitExceeded", true));
    ec2.keySet().stream()
        .filter(action -> !action.startsWith("Describe"))
        .forEach(
            action -> numbers.put("successful " + action + " calls", count(ec2, action, "ok")));
  }

  private static long sum(
      Map<String, Map<String, Integer>> calls, String result, boolean thatResult) {
    return calls.values().stream()
        .flatMap(results -> results.entrySet().stream())
        .filter(each -> !thatResult || each.getKey().equals(result))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static long count(Map<String, Map<String, Integer>> calls, String action, String result) {
    return calls.getOrDefault(action, Map.of()).getOrDefault(result, 0);
  }
}
