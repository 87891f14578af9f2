package io.trafficmirror.soak;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.harness.RunningDeployment;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened in a soak, in numbers.
 *
 * @param numbers by what they count, in the order of the table
 * @param unsupported what embedded AWS was asked for and does not have
 * @param grown the product's classes of which more was alive in the end than in the middle
 */
record Figures(Map<String, Long> numbers, List<String> unsupported, List<String> grown) {

  private static final int MOST_GROWN = 10;

  static Figures of(
      RunningDeployment world, Population fleet, Life.Counts life, Poison poison, Ledger ledger) {
    Map<String, Long> numbers = new LinkedHashMap<>();
    numbers.put("instances launched", (long) life.launches);
    numbers.put(
        "instances that matched when launched, the first fleet's too", (long) fleet.matched());
    numbers.put("instances terminated", (long) life.terminations);
    numbers.put("instances stopped", (long) life.stops);
    numbers.put("instances started again", (long) life.starts);
    numbers.put("tag changes", (long) life.tagChanges);
    numbers.put("findings", (long) life.findings);
    numbers.put("records that can never be understood", (long) poison.count());
    numbers.put(
        "records on the stream", (long) world.aws().kinesis().count(RunningDeployment.STREAM));
    numbers.put("invocations", (long) ledger.records().deliveries());
    numbers.put("invocations after which something came back", (long) ledger.records().returned());
    numbers.put("processes killed", (long) world.functions().killed());
    numbers.put("processes that ran out of time", (long) world.functions().timeOuts());
    numbers.put("environments made", (long) world.functions().environments());
    calls(world.aws(), numbers);
    numbers.put("faults in calls of EC2, S3 and Kinesis", (long) world.aws().faults().happened());
    numbers.put("instances that live in the end", (long) fleet.size());
    numbers.put("sessions in the end", (long) world.aws().ec2().sessions().size());
    numbers.put("targets on demand in the end", sensors(world.aws()));
    for (String prefix : List.of("retries-exhausted/", "rejected/", "aws/lambda/")) {
      numbers.put("objects in the failure bucket below " + prefix, kept(world, prefix));
    }
    return new Figures(
        numbers, world.aws().calls().refusedAsUnsupported(), ledger.grown(MOST_GROWN));
  }

  private static long sensors(EmbeddedAws aws) {
    return Sensors.living(aws.ec2().instances()).size();
  }

  private static long kept(RunningDeployment world, String prefix) {
    return world.kept().keySet().stream().filter(key -> key.startsWith(prefix)).count();
  }

  private static void calls(EmbeddedAws aws, Map<String, Long> numbers) {
    Map<String, Map<String, Integer>> ec2 = aws.calls().byActionAndResult("ec2");
    numbers.put("calls of EC2", sum(ec2, "", false));
    numbers.put("calls of EC2 that were throttled", sum(ec2, "RequestLimitExceeded", true));
    ec2.keySet().stream()
        .filter(action -> !action.startsWith("Describe"))
        .forEach(
            action ->
                numbers.put("calls of " + action + " that were done", count(ec2, action, "ok")));
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
