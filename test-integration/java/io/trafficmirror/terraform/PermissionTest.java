package io.trafficmirror.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PermissionTest {

  @Test
  void parsesASingleTextAsAList() {
    assertThat(
            Permission.parse(
                """
                {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}
                """))
        .containsExactly(new Permission("Allow", List.of("s3:GetObject"), List.of("*"), Map.of()));
  }

  @Test
  void rendersARowPerActionWithEveryResourceAndCondition() {
    Permission permission =
        Permission.parse(
                """
                {"Statement": [{"Effect": "Allow", "Action": ["b:Two", "a:One"],
                  "Resource": ["y", "x"], "Condition": {"StringEquals": {"k": ["v", "u"]}}}]}
                """)
            .getFirst();

    assertThat(permission.rows())
        .containsExactly(
            "| `a:One` | `x`<br>`y` | `StringEquals k` `u`<br>`v` |",
            "| `b:Two` | `x`<br>`y` | `StringEquals k` `u`<br>`v` |");
  }

  @Test
  void rejectsANegatedStatement() {
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                Permission.parse(
                    """
                    {"Statement": [{"Effect": "Allow", "NotAction": "iam:*", "Resource": "*"}]}
                    """))
        .withMessageContaining("NotAction");
  }
}
