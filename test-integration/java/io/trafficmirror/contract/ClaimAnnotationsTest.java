package io.trafficmirror.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every claim of the suite has a status and a source. */
class ClaimAnnotationsTest {

  private static final List<Method> CLAIMS =
      Stream.of(Ec2Contract.class, LargeQuotaClaims.class)
          .flatMap(group -> Arrays.stream(group.getMethods()))
          .filter(method -> method.isAnnotationPresent(Test.class))
          .toList();

  @Test
  void everyClaimHasAStatusAndASource() {
    assertThat(CLAIMS)
        .hasSizeGreaterThan(100)
        .allSatisfy(
            method -> {
              assertThat(method.isAnnotationPresent(Claim.class)).as(method.getName()).isTrue();
              assertThat(method.getAnnotation(Claim.class).source()).isNotBlank();
            });
  }

  @Test
  void undocumentedClaimsAreUnverified() {
    assertThat(CLAIMS)
        .filteredOn(
            method -> method.getAnnotation(Claim.class).source().equals(Sources.UNDOCUMENTED))
        .isNotEmpty()
        .allSatisfy(
            method ->
                assertThat(method.getAnnotation(Claim.class).status())
                    .as(method.getName())
                    .isEqualTo(Claim.Status.UNVERIFIED));
  }

  @Test
  void documentedClaimsNameAnAwsPage() {
    assertThat(CLAIMS)
        .filteredOn(method -> method.getAnnotation(Claim.class).status() == Claim.Status.DOCUMENTED)
        .allSatisfy(
            method ->
                assertThat(method.getAnnotation(Claim.class).source())
                    .as(method.getName())
                    .matches("(https://docs\\.aws\\.amazon\\.com/|Amazon EC2 User Guide).*"));
  }
}
