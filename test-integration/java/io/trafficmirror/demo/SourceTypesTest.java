package io.trafficmirror.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the two copies of the AWS list, in {@link SourceTypes} and in embedded EC2. */
final class SourceTypesTest {

  @ParameterizedTest
  @CsvSource({"source-families.txt, .large", "source-metal-families.txt, .metal"})
  void acceptsEveryFamilyThatEmbeddedEc2Accepts(String file, String size) throws IOException {
    assertThat(words(file))
        .hasSizeGreaterThan(10)
        .allSatisfy(family -> assertThat(SourceTypes.canBeMirrored(family + size)).isTrue());
  }

  @ParameterizedTest
  @CsvSource({"source-families.txt, false", "source-metal-families.txt, true"})
  void acceptsNoOtherFamily(String file, boolean metal) throws IOException {
    assertThat(words(file)).containsExactlyInAnyOrderElementsOf(SourceTypes.families(metal));
  }

  private static List<String> words(String file) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            SourceTypesTest.class.getResourceAsStream("/embedded-aws/ec2/" + file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .toList();
    }
  }
}
