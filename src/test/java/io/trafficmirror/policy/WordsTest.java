package io.trafficmirror.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void escapesInvisibleCharacters() {
    assertThat(Words.quoted("a\n\u202E\u2028\u2029\uD800z"))
        .isEqualTo("'a\\u000A\\u202E\\u2028\\u2029\\uD800z'");
    assertThat(Words.quoted("grün \uD83D\uDE00")).isEqualTo("'grün \uD83D\uDE00'");
  }

  @Test
  void cutsOnlyALongText() {
    assertThat(Words.oneLine("\uD83D\uDE00".repeat(60))).isEqualTo("\uD83D\uDE00".repeat(60));
    assertThat(Words.oneLine("\uD83D\uDE00".repeat(61)))
        .isEqualTo("\uD83D\uDE00".repeat(60) + "...");
  }

  @Test
  void joinsNamesAsInASentence() {
    assertThat(Words.all(List.of("a"))).isEqualTo("a");
    assertThat(Words.all(List.of("a", "b"))).isEqualTo("a and b");
    assertThat(Words.all(List.of("a", "b", "c"))).isEqualTo("a, b and c");
  }
}
