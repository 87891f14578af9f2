package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PolicyFileTest {

  @Test
  void aFileIsNotTheShippedPolicyForItsName() throws DemoError {
    PolicyFile own = PolicyFile.parse(Shipped.POLICY, Shipped.bytes(Shipped.POLICY));

    assertThat(own.isShipped()).isFalse();
    assertThat(PolicyFile.load(null).isShipped()).isTrue();
  }
}
