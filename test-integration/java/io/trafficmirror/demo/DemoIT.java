package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person starts it, in this process. */
final class DemoIT {

  /**
   * What the pipeline may ask of EC2 for each instance of a fleet, besides making sessions and
   * targets.
   */
  private static final double OTHER_CALLS_PER_INSTANCE = 0.03;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path directory;

  @Test
  void theShippedFleetIsMirroredAndEc2IsAskedSeldom() throws IOException, DemoError {
    int exitCode = run("--json");

    JsonObject summary = summary();
    assertThat(summary.getAsJsonArray("complaints").asList()).isEmpty();
    assertThat(exitCode).isZero();
    assertThat(count(summary, "missed")).isZero();
    assertThat(count(summary, "wrong")).isZero();
    assertThat(count(summary, "doubled")).isZero();
    assertThat(count(summary, "records_rejected")).isEqualTo(1);
    assertThat(count(summary, "instances")).isGreaterThan(1_000);
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
    assertThat(first.get("creates").getAsInt()).isEqualTo(expectedOfTheShippedFleet());
    assertThat(first.get("others_per_instance").getAsDouble())
        .as("calls of the first backfill that made no session, per instance")
        .isLessThanOrEqualTo(OTHER_CALLS_PER_INSTANCE);
    JsonObject second = phases.getAsJsonObject("second_backfill");
    assertThat(second.get("creates").getAsInt()).isZero();
    assertThat(second.get("per_instance").getAsDouble())
        .as("calls of the second backfill, per instance")
        .isLessThanOrEqualTo(OTHER_CALLS_PER_INSTANCE);
    assertThat(phases.keySet())
        .isEqualTo(Set.of("first_backfill", "launches", "findings", "second_backfill"));
    assertThat(JsonParser.parseString(Files.readString(Demo.SUMMARY))).isEqualTo(summary);
  }

  @Test
  void aDryRunWritesNothingAndTellsWhatItWouldDo() {
    assertThat(run("--json", "--dry-run", "--instances", "150", "--seed", "3")).isZero();

    JsonObject summary = summary();
    assertThat(count(summary, "mirrored")).isZero();
    assertThat(count(summary, "would_mirror")).isEqualTo(count(summary, "expected")).isPositive();
    assertThat(summary.getAsJsonObject("ec2_calls").keySet())
        .allMatch(a -> a.startsWith("Describe"));
  }

  @Test
  void aDryRunOfAnInventoryCountsThatFleetAndNothingElse() throws IOException, DemoError {
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
    assertThat(count(summary, "instances")).isEqualTo(60);
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
  void anInterfaceWithoutAnAttachmentIsPrimaryForBothSides() throws IOException {
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
  void anInventoryAndAPolicyFromElsewhereWork() throws IOException {
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

  /** The predecessor's second scenario, with a fleet that lives in the VPC that it names. */
  @Test
  void scenarioTwoHasAsManyTargetInstancesAsItsSourcesFill() throws IOException {
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
        .as("one pool of t3.micro, with room for ten sources each")
        .isEqualTo((sources + 9) / 10);
  }

  @Test
  void anEmptyFleetIsAFleet() throws IOException {
    Path fleet = Files.writeString(directory.resolve("fleet.json"), "{\"Reservations\": []}");

    assertThat(run("--json", "--inventory", fleet.toString())).isZero();
    assertThat(count(summary(), "instances")).isZero();
  }

  @Test
  void brokenInputIsExitCodeTwoAndNothingOnStandardOutput() throws IOException {
    Path broken = Files.writeString(directory.resolve("broken"), "{]");

    assertThat(run("--json", "--inventory", broken.toString())).isEqualTo(2);
    assertThat(run("--json", "--config", broken.toString())).isEqualTo(2);
    assertThat(run("--json", "--instances", "none")).isEqualTo(2);
    assertThat(text(out)).isEmpty();
  }

  private static int expectedOfTheShippedFleet() throws DemoError {
    return expectation(Shipped.text(Shipped.FLEET), Shipped.text(Shipped.POLICY)).mirrored();
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
  void aFleetThatNeedsMoreSessionsThanAnAccountHasIsRefused() throws IOException {
    Path fleet = largeFleet();

    assertThat(run("--json", "--inventory", fleet.toString())).isEqualTo(2);
    assertThat(text(err)).contains("AWS gives an account 10,000").hasLineCount(1);
    assertThat(text(out)).isEmpty();
  }

  @Test
  void aDryRunMakesNoSessionHenceTellsOfAsManyAsTheFleetNeeds() throws IOException {
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
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
