package io.trafficmirror.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.DesiredSession;
import io.trafficmirror.mirror.Destination;
import io.trafficmirror.mirror.Entry;
import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.LaunchSpecification;
import io.trafficmirror.mirror.PolicySet;
import io.trafficmirror.mirror.Selector;
import io.trafficmirror.mirror.Selector.Tag;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.VpcId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The policies in {@code config/} match their comments. */
class ShippedPoliciesTest {
  private static final Path CONFIG = Path.of("config");
  private static final FilterId FILTER = new FilterId("tmf-1a2b3c4d5e6f7g8h");
  private static final Destination FIXED =
      new Destination.Fixed(new TargetId("tmt-1a2b3c4d5e6f7g8h"));

  private static PolicyResult read(String name) throws IOException {
    return PolicyParser.parse("p.yaml", Files.readAllBytes(CONFIG.resolve(name)));
  }

  private static PolicyResult valid(Entry... entries) {
    return new PolicyResult.Valid(new PolicySet(List.of(entries)), List.of());
  }

  @Test
  void scenarioOneMirrorsATagToAnExistingTarget() throws IOException {
    assertThat(read("scenario-1.yaml"))
        .isEqualTo(
            valid(
                new Entry(
                    new Selector.ByTags(List.of(new Tag("MyKey", "MyValue"))),
                    new DesiredSession("tags[0]", FIXED, FILTER, 100))));
  }

  @Test
  void scenarioTwoMirrorsASubnetAndAVpcToExistingAndLaunchedTargets() throws IOException {
    Destination launched =
        new Destination.OnDemand(
            new LaunchSpecification(
                "t3.micro",
                "ami-1a2b3c4d5e6f7g8h",
                List.of("sg-1a2b3c4d5e6f7g8h", "sg-1aaaaaaa2bbbbbbb"),
                Optional.of(new SubnetId("subnet-5e6f7g8h"))));
    assertThat(read("scenario-2.yaml"))
        .isEqualTo(
            valid(
                new Entry(
                    new Selector.BySubnet(new SubnetId("subnet-1a2b3c4d")),
                    new DesiredSession("subnets[0]", FIXED, FILTER, 100)),
                new Entry(
                    new Selector.ByVpc(new VpcId("vpc-1a2b3c4d")),
                    new DesiredSession("vpcs[0]", launched, FILTER, 100))));
  }

  @Test
  void templateReportsEveryRequiredPlaceholder() throws IOException {
    List<String> problems = Reading.problems(read("us-east-1.yaml"));
    assertThat(problems)
        .isNotEmpty()
        .allMatch(problem -> problem.contains(": error: ") && problem.contains("fill in"));
    // targetSubnetId is the only optional placeholder.
    assertThat(problems).hasSize(placeholders() - 1);
  }

  private static int placeholders() throws IOException {
    return (int)
        Files.readAllLines(CONFIG.resolve("us-east-1.yaml")).stream()
            .filter(line -> !line.startsWith("#") && line.contains("<INSERT_VALUE>"))
            .count();
  }

  @Test
  void templateIsValidOnceFilledIn() throws IOException {
    String yaml =
        Files.readString(CONFIG.resolve("us-east-1.yaml"))
            .replace("- <INSERT_VALUE> # sg-", "- sg-1 # sg-")
            .replace("# sessionNumber", "sessionNumber")
            .replaceAll("(Key|Value): <INSERT_VALUE>", "$1: on")
            .replaceAll("(?m)^( .*targetId): <INSERT_VALUE>", "$1: tmt-1")
            .replaceAll("(?m)^( .*filterId): <INSERT_VALUE>", "$1: tmf-1")
            .replaceAll("(?m)^( .*subnetId): <INSERT_VALUE>", "$1: subnet-1")
            .replaceAll("(?m)^( .*vpcId): <INSERT_VALUE>", "$1: vpc-1")
            .replaceAll("(?m)^( .*targetInstanceType): <INSERT_VALUE>", "$1: c5.xlarge")
            .replaceAll("(?m)^( .*targetInstanceAmi): <INSERT_VALUE>", "$1: ami-1");
    assertThat(Reading.entries(yaml))
        .extracting(entry -> entry.wanted().entry())
        .containsExactly("tags[0]", "subnets[0]", "vpcs[0]");
  }

  static List<Path> policies() throws IOException {
    try (Stream<Path> files = Files.list(CONFIG)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyPolicyReferencesTheSchema(Path policy) throws IOException {
    String first = Files.readAllLines(policy).getFirst();
    assertThat(first).startsWith("# yaml-language-server: $schema=./");
    assertThat(policy.resolveSibling(first.substring(first.indexOf("./")))).exists();
  }
}
