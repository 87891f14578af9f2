package io.trafficmirror.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ExcerptTest {

  @Test
  void returnsATextOfTheMaximumLengthUnchanged() {
    assertThat(Excerpt.of("abcd", 4)).isEqualTo("abcd");
    assertThat(Excerpt.of("", 4)).isEmpty();
  }

  @Test
  void cutsALongerText() {
    assertThat(Excerpt.of("abcde", 4)).isEqualTo("abcd…");
  }

  @Test
  void neverSplitsASurrogatePair() {
    assertThat(Excerpt.of("abc\ud83d\ude00e", 4)).isEqualTo("abc…");
    assertThat(Excerpt.of("abc\ud83d\ude00e", 5)).isEqualTo("abc\ud83d\ude00…");
  }
}
