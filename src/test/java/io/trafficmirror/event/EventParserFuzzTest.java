package io.trafficmirror.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.trafficmirror.event.MirrorEvent.Ignored;
import io.trafficmirror.event.MirrorEvent.Malformed;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Whatever arrives, there is an answer, and it is short enough for a log line. */
final class EventParserFuzzTest {
  private static final int MAX_SENTENCE = 400;

  private static final List<JsonElement> OTHERS =
      List.of(
          JsonNull.INSTANCE,
          new JsonPrimitive(true),
          new JsonPrimitive(false),
          new JsonPrimitive(""),
          new JsonPrimitive("text"),
          new JsonPrimitive("true"),
          new JsonPrimitive("i-0123456789abcdef0"),
          new JsonPrimitive("x".repeat(10_000)),
          new JsonPrimitive(-1),
          new JsonPrimitive(0),
          new JsonPrimitive(1.5),
          new JsonPrimitive(new BigDecimal("1e999999")),
          new JsonPrimitive(Long.MIN_VALUE),
          new JsonArray(),
          new JsonObject());

  @Property(tries = 1_000)
  void arbitraryBytesGetAnAnswer(@ForAll @Size(max = 200) byte[] data) {
    answered(data);
  }

  @Property(tries = 1_000)
  void arbitraryTextGetsAnAnswer(@ForAll("jsonLike") String text) {
    answered(text.getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 1_000)
  void aSampleWithBytesChangedGetsAnAnswer(
      @ForAll("samples") String sample,
      @ForAll @Size(min = 1, max = 8) List<@IntRange(max = 9_999) Integer> places,
      @ForAll byte value) {
    byte[] data = Samples.bytes(sample);
    for (int place : places) {
      data[place % data.length] = value;
    }
    answered(data);
  }

  @Test
  void aSampleThatIsCutAnywhereIsMalformed() {
    for (String sample : Samples.NAMES) {
      byte[] data = Samples.json(sample).toString().getBytes(StandardCharsets.UTF_8);
      for (int length = 0; length < data.length; length++) {
        assertThat(EventParser.parse(Arrays.copyOf(data, length), Samples.ACCOUNT))
            .isInstanceOf(Malformed.class);
      }
    }
  }

  @Test
  void aSampleWithAnyValueMissingOrOfAnyOtherTypeGetsAnAnswer() {
    for (String sample : Samples.NAMES) {
      JsonObject event = Samples.json(sample);
      forEachValueReplaced(
          event, ignored -> answered(event.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void everySampleIsUnderstood() {
    for (String sample : Samples.NAMES) {
      assertThat(Samples.parsed(sample)).as(sample).isNotInstanceOf(Malformed.class);
    }
  }

  /**
   * Runs the check with each value below {@code parent} replaced by each of the others, in turn.
   */
  private static void forEachValueReplaced(JsonElement parent, Consumer<JsonElement> check) {
    if (parent instanceof JsonObject object) {
      for (String key : List.copyOf(object.keySet())) {
        JsonElement original = object.remove(key);
        check.accept(parent);
        for (JsonElement other : OTHERS) {
          object.add(key, other);
          check.accept(parent);
        }
        object.add(key, original);
        forEachValueReplaced(original, check);
      }
    } else if (parent instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        JsonElement original = array.get(i);
        for (JsonElement other : OTHERS) {
          array.set(i, other);
          check.accept(parent);
        }
        array.set(i, original);
        forEachValueReplaced(original, check);
      }
    }
  }

  private static void answered(byte[] data) {
    switch (EventParser.parse(data, Samples.ACCOUNT)) {
      case Malformed malformed ->
          assertThat(malformed.reason()).hasSizeBetween(1, MAX_SENTENCE).endsWith(".");
      case Ignored ignored -> assertThat(ignored.about()).hasSizeBetween(1, MAX_SENTENCE);
      case MirrorEvent.AboutInstance event -> assertThat(event.instance().value()).startsWith("i-");
      case MirrorEvent.BackfillPage page -> assertThat(page.runId()).isNotEmpty();
      case MirrorEvent.TargetSweep sweep -> assertThat(sweep.runId()).isNotEmpty();
    }
  }

  @Provide
  Arbitrary<String> jsonLike() {
    return Arbitraries.strings()
        .withChars("{}[]\":,0e-.\\utrfalsn id'\u0000\ufeff")
        .ofMaxLength(60);
  }

  @Provide
  Arbitrary<String> samples() {
    return Arbitraries.of(Samples.NAMES);
  }
}
