package io.trafficmirror.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RealOptionsTest {

  @Test
  void isNotRequestedByDefaultAndExplainsHowToRequestIt() {
    assertThat(of(Map.of("contract.subnet", "subnet-1")))
        .isInstanceOfSatisfying(
            RealOptions.NotRequested.class,
            notAsked -> assertThat(notAsked.reason()).contains("-Dcontract.ec2=real"));
  }

  @Test
  void reportsEveryMissingPropertyAtOnce() {
    assertThatThrownBy(() -> of(Map.of("contract.ec2", "yes", "contract.image", "disk-1")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'yes'", "-Dcontract.subnet=subnet-", "-Dcontract.image=ami-");
  }

  @Test
  void cleanupNeedsNoSubnetAndNoImage() {
    assertThat(of(Map.of("contract.ec2", "real", "contract.cleanup-only", "true")))
        .isEqualTo(new RealOptions.CleanUp());
  }

  @Test
  void cleanupWithoutARealAccountIsNotRequested() {
    assertThat(of(Map.of("contract.cleanup-only", "true")))
        .isInstanceOf(RealOptions.NotRequested.class);
  }

  @Test
  void announcementNamesResourcesCostsAndCleanup() {
    RealOptions.Run run =
        (RealOptions.Run)
            of(
                Map.of(
                    "contract.ec2", "real",
                    "contract.subnet", "subnet-1",
                    "contract.image", "ami-1"));

    assertThat(Budget.announcement(run))
        .contains("subnet-1", "t3.nano", "$0.16", "$1.50", run.runId(), "cleanup-only");
  }

  private static RealOptions of(Map<String, String> properties) {
    return RealOptions.of(name -> Optional.ofNullable(properties.get(name)));
  }
}
