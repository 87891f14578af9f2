package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PolicyFileTest {

  @Test
  void isNotTheShippedPolicyBecauseOfItsName() throws DemoError {
    PolicyFile custom = PolicyFile.parse(DemoFiles.POLICY, DemoFiles.bytes(DemoFiles.POLICY));

    assertThat(custom.isShipped()).isFalse();
    assertThat(PolicyFile.load(null).isShipped()).isTrue();
  }
}
