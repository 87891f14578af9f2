package io.trafficmirror.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
  private static final List<String> ENTRY = Section.VPCS.entryKeys();

  @ParameterizedTest
  @CsvSource({
    "vpcid, vpcId",
    "VPC_ID, vpcId",
    "vcpId, vpcId",
    "vpvId, vpcId",
    "pvcId, vpcId",
    "vpcIdd, vpcId",
    "pcId, vpcId",
    "filter, filterId",
    "target, targetId",
    "targetIp, targetId",
    "targetAmi, targetId",
    "instanceType, targetInstanceType",
    "targetInstanceAmiId, targetInstanceAmi",
    "securityGroupIds, targetSecurityGroupIds",
    "targetSecurityGroups, targetSecurityGroupIds",
    "targetSubnet, targetSubnetId",
    "session_number, sessionNumber"
  })
  void findsTheKeyOfATypo(String unknown, String meant) {
    assertThat(Keys.nearest(unknown, ENTRY)).contains(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "x", "comment", "description", "name", "tagList", "aaaaaaaa", "pvcdI"})
  void findsNoKeyForAnUnrelatedWord(String unknown) {
    assertThat(Keys.nearest(unknown, ENTRY)).isEmpty();
  }

  @Property(tries = 200)
  void findsEveryKeyAfterOneEdit(
      @ForAll @IntRange(min = 0, max = 7) int which, @ForAll @IntRange(min = 0, max = 40) int at) {
    String key = ENTRY.get(which);
    int index = at % key.length();
    String without = key.substring(0, index) + key.substring(index + 1);
    assertThat(Keys.nearest(without, ENTRY)).contains(key);
    assertThat(Keys.nearest(without.toUpperCase(Locale.ROOT), ENTRY)).contains(key);
    assertThat(Keys.nearest(key.substring(0, index) + "_" + key.substring(index), ENTRY))
        .contains(key);
  }
}
