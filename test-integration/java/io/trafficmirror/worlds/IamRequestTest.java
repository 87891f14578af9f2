package io.trafficmirror.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.terraform.Permission;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IamRequestTest {

  private static final Permission READ =
      new Permission(
          "Allow",
          List.of("s3:GetObject", "s3:PutObject"),
          List.of("arn:aws:s3:::bucket/*"),
          Map.of());
  private static final Permission DENY_POLICY =
      new Permission(
          "Deny", List.of("s3:PutObject"), List.of("arn:aws:s3:::bucket/policy/*"), Map.of());
  private static final Permission DESCRIBE =
      new Permission("Allow", List.of("ec2:Describe*"), List.of("*"), Map.of());

  @Test
  void deniesARequestThatNoStatementAllows() {
    IamRequest create = new IamRequest("ec2", "ec2:CreateTrafficMirrorSession", Optional.empty());

    assertThat(create.allowedBy(List.of(READ, DESCRIBE))).isFalse();
    assertThat(create.denial().status()).isEqualTo(403);
    assertThat(new String(create.denial().body(), StandardCharsets.UTF_8))
        .contains("UnauthorizedOperation", "ec2:CreateTrafficMirrorSession");
  }

  @Test
  void wildcardAllowsMatchingActions() {
    assertThat(
            new IamRequest("ec2", "ec2:DescribeInstances", Optional.empty())
                .allowedBy(List.of(READ, DESCRIBE)))
        .isTrue();
  }

  @Test
  void deniesAnotherResource() {
    assertThat(get("arn:aws:s3:::bucket/policy/p.yaml").allowedBy(List.of(READ))).isTrue();
    assertThat(get("arn:aws:s3:::other/policy/p.yaml").allowedBy(List.of(READ))).isFalse();
  }

  @Test
  void denyOverridesAllow() {
    List<Permission> role = List.of(READ, DENY_POLICY);

    assertThat(put("arn:aws:s3:::bucket/rejected/1.json").allowedBy(role)).isTrue();
    assertThat(put("arn:aws:s3:::bucket/policy/p.yaml").allowedBy(role)).isFalse();
  }

  private static IamRequest get(String arn) {
    return new IamRequest("s3", "s3:GetObject", Optional.of(arn));
  }

  private static IamRequest put(String arn) {
    return new IamRequest("s3", "s3:PutObject", Optional.of(arn));
  }
}
