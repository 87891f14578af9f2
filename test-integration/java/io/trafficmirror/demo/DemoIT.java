package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo with its command line, in this process. */
@ResourceLock(Resources.SYSTEM_PROPERTIES)
final class DemoIT {

  /**
   * The maximum number of EC2 calls per instance of the fleet that do not create sessions or
   * targets: reads, and three refused creates for each of the five unsupported types.
   */
  private static final double OTHER_CALLS_PER_INSTANCE = 0.03;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;
  private Path results = Path.of("");

  @BeforeEach
  void setResultsDirectory() {
    results = directory.resolve("results");
  }

  @Test
  void mirrorsTheShippedFleetWithFewEc2Calls() throws IOException, DemoError {
    int exitCode = run("--json");

    JsonObject summary = summary();
    assertThat(summary.getAsJsonArray("complaints").asList()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(count(summary, "missed")).isZero();
    assertThat(count(summary, "wrong")).isZero();
    assertThat(count(summary, "doubled")).isZero();
    assertThat(count(summary, "records_rejected")).isEqualTo(1);
    assertThat(count(summary, "fleet_size")).isGreaterThan(1_000);
    assertThat(count(summary, "mirrored")).isEqualTo(count(summary, "expected"));
    assertThat(count(summary, "target_instances"))
        .isEqualTo(count(summary, "target_instances_expected"))
        .isEqualTo(summary.getAsJsonObject("ec2_calls").get("RunInstances").getAsInt())
        .isPositive();
    assertThat(summary.getAsJsonObject("event_to_session_ms").get("count").getAsInt())
        .isGreaterThan(20);
    assertThat(summary.getAsJsonObject("outcomes").keySet())
        .contains("sample-finding", "archived-finding", "other-account");

    JsonObject phases = summary.getAsJsonObject("ec2_calls_by_phase");
    JsonObject first = phases.getAsJsonObject("first_backfill");
    assertThat(first.get("creates").getAsInt()).isEqualTo(expectedSessionsOfTheShippedFleet());
    assertThat(first.get("others_per_instance").getAsDouble())
        .as("calls of the first backfill that created no session or target, per instance")
        .isLessThanOrEqualTo(OTHER_CALLS_PER_INSTANCE);
    JsonObject second = phases.getAsJsonObject("second_backfill");
    assertThat(second.get("creates").getAsInt()).isZero();
    assertThat(second.get("per_instance").getAsDouble())
        .as("calls of the second backfill, per instance")
        .isLessThanOrEqualTo(OTHER_CALLS_PER_INSTANCE);
    assertThat(phases.keySet())
        .isEqualTo(Set.of("first_backfill", "launches", "findings", "second_backfill"));
    assertThat(JsonParser.parseString(Files.readString(results.resolve(Demo.SUMMARY))))
        .isEqualTo(summary);
    assertThat(statuses(summary))
        .hasSize(count(summary, "fleet_size"))
        .containsValue("is mirrored")
        .containsValue("unsupported-source");
    assertThat(labels(summary))
        .as("instances per reason according to the product")
        .isEqualTo(counts(summary.getAsJsonObject("by_reason")));
  }

  /** The shipped fleet, a generated one, and one that needs many targets on demand. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seed 1",
        "--instances 300 --seed 7",
        "--instances 400 --seed 9 --config test-integration/resources/demo/policy-on-demand.yaml"
      })
  void dryRunCountsTheSameAsARealRun(String options) {
    assertThat(run(("--json " + options).split(" "))).isZero();
    JsonObject real = summary();
    out.reset();
    assertThat(run(("--json --dry-run " + options).split(" "))).isZero();
    JsonObject dry = summary();

    assertThat(count(dry, "would_mirror")).isEqualTo(count(real, "mirrored")).isPositive();
    assertThat(count(dry, "target_instances"))
        .isEqualTo(count(real, "target_instances"))
        .isPositive();
    assertThat(dry.get("by_reason")).isEqualTo(real.get("by_reason"));
    Map<String, String> expected = statuses(real);
    expected.replaceAll(
        (instance, status) -> status.equals("is mirrored") ? "would-apply" : status);
    assertThat(statuses(dry)).isEqualTo(expected);
  }

  @Test
  void dryRunReportsTheTargetOfEachInstance() throws IOException {
    Path fleet =
        Files.writeString(
            directory.resolve("fleet.json"),
            "{\"Reservations\": [{\"Instances\": [%s, %s, %s]}]}"
                .formatted(
                    instance("i-1", "m5.large", "mirror", "on"),
                    instance("i-2", "m5.large", "forensics", "yes"),
                    instance("i-3", "m8g.large", "mirror", "on")));

    assertThat(run("--csv", "--dry-run", "--inventory", fleet.toString())).isZero();

    assertThat(text(out))
        .isEqualTo(
            """
            account,region,instance,interface,entry,session,target,reason,explanation
            111122223333,us-east-1,i-1,eni-of-i-1,tags[0],,,would-apply,would be mirrored to tmt-00000000000000a01
            111122223333,us-east-1,i-2,eni-of-i-2,tags[3],,,would-apply,"would be mirrored to a target on an instance to be launched: c5.xlarge of ami-00000000000000001 with [sg-00000000000000001] in subnet-1, slot 0"
            111122223333,us-east-1,i-3,eni-of-i-3,tags[0],,,unsupported-source,EC2 cannot mirror this instance type: m8g.large is not on AWS's list of types that can be sources
            """);
    assertThat(results.resolve(Demo.INSTANCES)).hasContent(text(out));
  }

  @Test
  void csvPrintsOnlyCsvToStandardOutput() throws IOException {
    assertThat(run("--csv", "--instances", "40", "--seed", "3")).isZero();

    assertThat(text(out).lines())
        .startsWith("account,region,instance,interface,entry,session,target,reason,explanation")
        .allMatch(
            line -> line.startsWith("account,") || line.startsWith("111122223333,us-east-1,"));
    assertThat(text(err)).contains("first backfill");
    assertThat(Files.readString(results.resolve(Demo.INSTANCES))).isEqualTo(text(out));
  }

  @Test
  void tableContainsThePathOfTheCsvFile() {
    assertThat(run("--instances", "20", "--seed", "3")).isZero();

    assertThat(text(out)).contains(results.resolve(Demo.INSTANCES).toString());
  }

  @Test
  void printsResultsThatCannotBeSavedWithoutChangingTheExitCode() throws IOException {
    Files.writeString(results, "a file where the directory should be");

    assertThat(run("--json", "--instances", "20", "--seed", "3")).isZero();

    assertThat(count(summary(), "missed")).isZero();
    assertThat(text(err)).contains("cannot save the results in " + results);
  }

  @Test
  void failedRunDeletesEarlierResults() throws IOException {
    Files.createDirectories(results);
    Path summary = Files.writeString(results.resolve(Demo.SUMMARY), "{}");
    Path instances = Files.writeString(results.resolve(Demo.INSTANCES), "account");

    assertThat(run("--inventory", largeFleet().toString())).isEqualTo(2);

    assertThat(summary).doesNotExist();
    assertThat(instances).doesNotExist();
  }

  @Test
  void dryRunSendsNoWritesAndCountsThePlannedSessions() {
    assertThat(run("--json", "--dry-run", "--instances", "150", "--seed", "3")).isZero();

    JsonObject summary = summary();
    assertThat(summary.get("dry_run").getAsBoolean()).isTrue();
    assertThat(count(summary, "mirrored")).isZero();
    assertThat(count(summary, "missed")).isZero();
    assertThat(count(summary, "would_mirror")).isEqualTo(count(summary, "expected")).isPositive();
    assertThat(summary.getAsJsonObject("ec2_calls").keySet())
        .allMatch(a -> a.startsWith("Describe"));
  }

  @Test
  void dryRunOfAnInventoryAddsNoInstancesOrEvents() throws IOException, DemoError {
    String json = FleetGenerator.generate(60, 9);
    Path fleet = Files.writeString(directory.resolve("fleet.json"), json);
    Path policy =
        Files.writeString(
            directory.resolve("policy.yaml"),
            """
            vpcs:
              - vpcId: vpc-00000000000000a00
                targetId: tmt-elsewhere
                filterId: tmf-elsewhere
              - vpcId: vpc-00000000000000fff
                targetId: tmt-elsewhere
                filterId: tmf-elsewhere
            """);
    Expectation expectation = expectation(json, Files.readString(policy));

    assertThat(run("--json", "--dry-run", "--inventory", fleet.toString(), "--config", policy + ""))
        .isZero();

    JsonObject summary = summary();
    assertThat(count(summary, "fleet_size")).isEqualTo(60);
    assertThat(count(summary, "would_mirror")).isEqualTo(expectation.mirrored()).isPositive();
    assertThat(count(summary, "records_rejected")).isZero();
    assertThat(summary.getAsJsonObject("ec2_calls_by_phase").keySet())
        .isEqualTo(Set.of("first_backfill"));
    JsonObject byEntry = summary.getAsJsonObject("by_entry");
    assertThat(count(byEntry.getAsJsonObject("vpcs[0]"), "would_mirror"))
        .isEqualTo(expectation.mirrored());
    assertThat(count(byEntry.getAsJsonObject("vpcs[1]"), "would_mirror")).isZero();
  }

  @Test
  void mirrorsAnInterfaceWithoutAnAttachment() throws IOException {
    Path fleet =
        Files.writeString(
            directory.resolve("fleet.json"),
            """
            {"Reservations": [{"Instances": [{"InstanceId": "i-1", "InstanceType": "m5.large",
              "State": {"Name": "running"}, "Tags": [{"Key": "mirror", "Value": "on"}],
              "NetworkInterfaces": [{"NetworkInterfaceId": "eni-1", "SubnetId": "subnet-1",
                "VpcId": "vpc-1", "Attachment": null}]}]}]}
            """);

    assertThat(run("--json", "--dry-run", "--inventory", fleet.toString())).isZero();
    assertThat(count(summary(), "would_mirror")).isEqualTo(1);
  }

  @Test
  void acceptsACustomInventoryAndPolicy() throws IOException {
    Path fleet = directory.resolve("fleet.json");
    Files.writeString(fleet, FleetGenerator.generate(60, 9));
    Path policy =
        Files.writeString(
            directory.resolve("policy.yaml"),
            """
            vpcs:
              - vpcId: vpc-00000000000000a00
                targetId: tmt-elsewhere
                filterId: tmf-elsewhere
              - vpcId: vpc-00000000000000c00
                targetId: tmt-00000000000000d01
                filterId: tmf-elsewhere
            """);

    assertThat(run("--inventory", fleet.toString(), "--config", policy.toString())).isZero();
    assertThat(text(out)).contains("vpcs[0]", "vpcs[1]", "All is well.");
  }

  /** The second scenario of the predecessor, with a fleet in the VPC that its policy refers to. */
  @Test
  void scenarioTwoLaunchesTheMinimumOfTargetInstances() throws IOException {
    String json =
        FleetGenerator.generate(400, 9)
            .replace("vpc-00000000000000b00", "vpc-1a2b3c4d")
            .replace("subnet-00000000000000b03", "subnet-1a2b3c4d");
    Path fleet = Files.writeString(directory.resolve("fleet.json"), json);
    Path policy = Path.of("config", "scenario-2.yaml");

    assertThat(run("--json", "--inventory", fleet.toString(), "--config", policy.toString()))
        .isZero();

    JsonObject summary = summary();
    assertThat(count(summary, "missed")).isZero();
    assertThat(count(summary, "wrong")).isZero();
    assertThat(count(summary, "doubled")).isZero();
    int sources = count(summary.getAsJsonObject("by_entry").getAsJsonObject("vpcs[0]"), "mirrored");
    assertThat(sources).isGreaterThan(50);
    assertThat(count(summary, "target_instances"))
        .as("one pool of t3.micro, with ten sources per target")
        .isEqualTo((sources + 9) / 10);
  }

  @Test
  void acceptsAnEmptyFleet() throws IOException {
    Path fleet = Files.writeString(directory.resolve("fleet.json"), "{\"Reservations\": []}");

    assertThat(run("--json", "--inventory", fleet.toString())).isZero();
    assertThat(count(summary(), "fleet_size")).isZero();
    assertThat(text(err)).contains("no instances");
  }

  @Test
  void exitsWithTwoAndPrintsNothingForInvalidInput() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken"), "{]");

    assertThat(run("--json", "--inventory", broken.toString())).isEqualTo(2);
    assertThat(run("--json", "--config", broken.toString())).isEqualTo(2);
    assertThat(run("--json", "--instances", "none")).isEqualTo(2);
    assertThat(text(out)).isEmpty();
  }

  private static int expectedSessionsOfTheShippedFleet() throws DemoError {
    return expectation(DemoFiles.text(DemoFiles.FLEET), DemoFiles.text(DemoFiles.POLICY))
        .mirrored();
  }

  private static Expectation expectation(String fleet, String policy) throws DemoError {
    Inventory inventory = Inventory.parse("fleet", fleet);
    Set<String> sensors =
        inventory.machines().stream()
            .filter(machine -> machine.sensorTarget().isPresent())
            .map(machine -> machine.primary().orElseThrow().id())
            .collect(Collectors.toSet());
    return Expectation.of(inventory.machines(), WantedPolicy.parse(policy), sensors);
  }

  @Test
  void rejectsAFleetThatExceedsTheSessionQuota() throws IOException {
    Path fleet = largeFleet();

    assertThat(run("--json", "--inventory", fleet.toString())).isEqualTo(2);
    assertThat(text(err)).contains("the quota is 10,000").hasLineCount(1);
    assertThat(text(out)).isEmpty();
  }

  @Test
  void dryRunAcceptsAFleetThatExceedsTheSessionQuota() throws IOException {
    Path fleet = largeFleet();

    assertThat(run("--json", "--dry-run", "--inventory", fleet.toString())).isZero();
    assertThat(count(summary(), "would_mirror")).isEqualTo(11_000);
  }

  private Path largeFleet() throws IOException {
    String instances =
        IntStream.range(0, 11_000)
            .mapToObj(
                i ->
                    """
                    {"InstanceId": "i-%1$d", "InstanceType": "m5.large",
                     "State": {"Name": "running"}, "SubnetId": "subnet-1", "VpcId": "vpc-1",
                     "Tags": [{"Key": "mirror", "Value": "on"}],
                     "NetworkInterfaces": [{"NetworkInterfaceId": "eni-%1$d",
                       "SubnetId": "subnet-1", "VpcId": "vpc-1",
                       "Attachment": {"DeviceIndex": 0}}]}\
                    """
                        .formatted(i))
            .collect(Collectors.joining(","));
    return Files.writeString(
        directory.resolve("fleet.json"),
        "{\"Reservations\": [{\"Instances\": [" + instances + "]}]}");
  }

  private static String instance(String id, String type, String tag, String value) {
    return """
    {"InstanceId": "%1$s", "InstanceType": "%2$s", "State": {"Name": "running"},
     "Tags": [{"Key": "%3$s", "Value": "%4$s"}],
     "NetworkInterfaces": [{"NetworkInterfaceId": "eni-of-%1$s", "SubnetId": "subnet-1",
       "VpcId": "vpc-1", "Attachment": {"DeviceIndex": 0}}]}\
    """
        .formatted(id, type, tag, value);
  }

  /**
   * The status of each instance: mirrored, or the label of the reason why not. Asserts that each
   * instance has exactly one of the two.
   */
  private static Map<String, String> statuses(JsonObject summary) {
    Map<String, String> statuses = new TreeMap<>();
    for (JsonElement element : summary.getAsJsonArray("instances")) {
      JsonObject instance = element.getAsJsonObject();
      assertThat(instance.has("session")).isNotEqualTo(instance.has("reason"));
      statuses.put(
          instance.get("instance").getAsString(),
          instance.has("session")
              ? "is mirrored"
              : kind(instance.getAsJsonObject("reason").get("label").getAsString()));
    }
    return statuses;
  }

  /**
   * Whether EC2 refuses the type or no target has room for it depends on the order of the writes.
   */
  private static String kind(String label) {
    return label.equals("unlisted-source-type") ? "unsupported-source" : label;
  }

  private static Map<String, Integer> labels(JsonObject summary) {
    Map<String, Integer> labels = new TreeMap<>();
    statuses(summary).values().forEach(label -> labels.merge(label, 1, Integer::sum));
    labels.remove("is mirrored");
    return labels;
  }

  private static Map<String, Integer> counts(JsonObject json) {
    Map<String, Integer> counts = new TreeMap<>();
    json.entrySet().forEach(entry -> counts.put(entry.getKey(), entry.getValue().getAsInt()));
    return counts;
  }

  private static int count(JsonObject summary, String name) {
    return summary.get(name).getAsInt();
  }

  private JsonObject summary() {
    return JsonParser.parseString(text(out)).getAsJsonObject();
  }

  private int run(String... args) {
    return Demo.run(
        args,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        results);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
