package io.trafficmirror.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolTest {

  private static final SubnetId SUBNET = new SubnetId("subnet-1");

  @Test
  void theOrderOfSecurityGroupsDoesNotChangeTheDigest() {
    assertThat(pool("prod", "t3.micro", "ami-1", List.of("sg-2", "sg-1", "sg-2"), SUBNET).digest())
        .isEqualTo(pool("prod", "t3.micro", "ami-1", List.of("sg-1", "sg-2"), SUBNET).digest());
  }

  @Test
  void everyComponentChangesTheDigest() {
    Set<String> digests = new HashSet<>();
    List<Pool> pools =
        List.of(
            pool("prod", "t3.micro", "ami-1", List.of("sg-1"), SUBNET),
            pool("test", "t3.micro", "ami-1", List.of("sg-1"), SUBNET),
            pool("prod", "t3.small", "ami-1", List.of("sg-1"), SUBNET),
            pool("prod", "t3.micro", "ami-2", List.of("sg-1"), SUBNET),
            pool("prod", "t3.micro", "ami-1", List.of("sg-1", "sg-2"), SUBNET),
            pool("prod", "t3.micro", "ami-1", List.of("sg-1,sg-2"), SUBNET),
            pool("prod", "t3.micro", "ami-1", List.of("sg-1"), new SubnetId("subnet-2")));
    pools.forEach(pool -> digests.add(pool.digest()));
    assertThat(digests).hasSize(pools.size()).allMatch(digest -> digest.matches("[0-9a-f]{32}"));
  }

  @Test
  void usesTheSourcesSubnetIfTheEntryHasNone() {
    LaunchSpecification without =
        new LaunchSpecification("t3.micro", "ami-1", List.of("sg-1"), Optional.empty());
    LaunchSpecification with =
        new LaunchSpecification(
            "t3.micro", "ami-1", List.of("sg-1"), Optional.of(new SubnetId("subnet-9")));
    assertThat(Pool.of("prod", without, Optional.of(SUBNET)).orElseThrow().subnet())
        .isEqualTo(SUBNET);
    assertThat(Pool.of("prod", with, Optional.of(SUBNET)).orElseThrow().subnet())
        .isEqualTo(new SubnetId("subnet-9"));
    assertThat(Pool.of("prod", without, Optional.empty())).isEmpty();
  }

  @Test
  void readsASlotBackFromItsTags() {
    Slot slot = new Slot("0a1b", 3, 7);
    assertThat(Slot.of(new Ownership("prod").slotTags(slot))).contains(slot);
    assertThat(Slot.of(Map.of(Ownership.POOL_TAG, "0a1b", Ownership.SLOT_TAG, "-1"))).isEmpty();
  }

  @Test
  void hasAValidUniqueTokenPerSlotAndGeneration() {
    Slot slot = new Slot("0a1b", 1, 1);
    assertThat(
            Set.of(
                slot.launchToken(),
                slot.next().launchToken(),
                new Slot("0a1b", 11, 0).launchToken(),
                new Slot("0a1b1", 1, 1).launchToken()))
        .hasSize(4)
        .allMatch(token -> token.matches("[0-9a-f]{64}"));
  }

  @ParameterizedTest
  @CsvSource({
    "m5.large, 10",
    "m5.24xlarge, 100",
    "c5.18xlarge, 100",
    "m8g.48xlarge, 100",
    "'', 10"
  })
  void theSourceLimitDependsOnTheInstanceType(String type, int sources) {
    assertThat(InstanceTypes.maximumSources(type)).isEqualTo(sources);
  }

  @ParameterizedTest
  @CsvSource({
    "m5.large, true",
    "t2.micro, false",
    "m8g.large, false",
    "m5.metal, true",
    "m6i.metal, false",
    "m9x.large, true",
    "m9x.metal-24xl, true",
    "m7i-flex.large, true",
    "'', false"
  })
  void sourceSupportDependsOnTheFamily(String type, boolean known) {
    assertThat(InstanceTypes.isKnownSource(type, Set.of("m9x"))).isEqualTo(known);
  }

  private static Pool pool(
      String deployment, String type, String image, List<String> groups, SubnetId subnet) {
    return new Pool(deployment, type, image, groups, subnet);
  }
}
