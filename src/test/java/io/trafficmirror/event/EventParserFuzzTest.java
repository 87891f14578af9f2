package io.trafficmirror.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.event.MirrorEvent.Ignored;
import io.trafficmirror.event.MirrorEvent.InstanceRequested;
import io.trafficmirror.event.MirrorEvent.Malformed;
import io.trafficmirror.fuzz.Bytes;
import io.trafficmirror.fuzz.Corpus;
import io.trafficmirror.fuzz.JsonTree;
import io.trafficmirror.mirror.InstanceId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import org.junit.jupiter.api.Test;

/** Every input gives a result, and its texts are short enough for a log line. */
final class EventParserFuzzTest {
  private static final Corpus CORPUS = new Corpus("records");

  private static final int MAX_TEXT = 400;

  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          ":",
          ",",
          "0",
          "1e9",
          "-",
          ".",
          "\\",
          "\\u",
          "\\ud800",
          "t",
          "true",
          "false",
          "null",
          "nul",
          " ",
          "\n",
          "'",
          "\u0000",
          "\ufeff",
          "\u2028",
          "//",
          "/*",
          "#",
          "{\"source\":",
          "\"aws.ec2\"",
          "\"detail\":{",
          "\"detail-type\":");

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

  /** Most changes make these malformed, so they are drawn more often than the others. */
  private static final List<String> EASILY_BROKEN =
      List.of("ec2-instance-running", "backfill-page-first", "target-sweep");

  /** Uses jqwik's default number of tries, so that CI can set it. */
  @Property(edgeCases = EdgeCasesMode.NONE)
  void parsesAnyRecordWithoutAnException(@ForAll("records") byte[] data) {
    Statistics.label("kind")
        .collect(CORPUS.check(data, EventParserFuzzTest::checked))
        .coverage(
            kinds -> {
              for (String each :
                  List.of(
                      "Malformed",
                      "Ignored",
                      "InstanceRunning",
                      "Finding",
                      "BackfillPage",
                      "TargetSweep")) {
                kinds.check(each).percentage(percent -> percent > 0.5);
              }
            });
  }

  @Test
  void parsesTheWholeCorpusWithoutAnException() {
    CORPUS.replay(EventParserFuzzTest::checked);
  }

  @Test
  void rejectsATruncatedSample() {
    for (String sample : Samples.NAMES) {
      byte[] data = Samples.json(sample).toString().getBytes(StandardCharsets.UTF_8);
      for (int length = 0; length < data.length; length++) {
        assertThat(EventParser.parse(Arrays.copyOf(data, length), Samples.ACCOUNT))
            .isInstanceOf(Malformed.class);
      }
    }
  }

  @Test
  void parsesSamplesWithAnyValueMissingOrOfAnotherType() {
    for (String sample : Samples.NAMES) {
      JsonObject event = Samples.json(sample);
      forEachValueReplaced(
          event, ignored -> checked(event.toString().getBytes(StandardCharsets.UTF_8)));
    }
  }

  @Test
  void parsesEverySample() {
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

  private static String checked(byte[] data) {
    MirrorEvent event = EventParser.parse(data, Samples.ACCOUNT);
    switch (event) {
      case Malformed malformed ->
          assertThat(malformed.reason()).hasSizeBetween(1, MAX_TEXT).endsWith(".");
      case Ignored ignored -> assertThat(ignored.about()).hasSizeBetween(1, MAX_TEXT);
      case MirrorEvent.AboutInstance about -> checked(about);
      case BackfillPage page -> checked(page);
      case MirrorEvent.TargetSweep sweep ->
          assertThat(sweep.runId()).hasSizeBetween(1, PageParser.MAX_RUN_ID);
    }
    assertThat(EventParser.parse(data, Samples.ACCOUNT)).isEqualTo(event);
    return event.getClass().getSimpleName();
  }

  /** Its instance can be stored as a request, which parses back to the same request. */
  private static void checked(MirrorEvent.AboutInstance about) {
    assertThat(InstanceId.isValid(about.instance().value())).isTrue();
    InstanceRequested request = new InstanceRequested(about.instance(), about.time());
    assertThat(EventParser.parse(OwnEvents.write(request, "", ""), "")).isEqualTo(request);
  }

  /** It is within its bounds, and its record parses back to the same page. */
  private static void checked(BackfillPage page) {
    assertThat(page.runId()).hasSizeBetween(1, PageParser.MAX_RUN_ID);
    assertThat(page.page()).isPositive();
    assertThat(page.size()).isBetween(BackfillPage.MIN_SIZE, BackfillPage.MAX_SIZE);
    assertThat(page.restarts()).isNotNegative();
    assertThat(page.token().orElse("some")).isNotEmpty();
    assertThat(EventParser.parse(OwnEvents.write(page, Instant.EPOCH, "", ""), "")).isEqualTo(page);
  }

  @Provide
  Arbitrary<byte[]> records() {
    return Arbitraries.randomValue(EventParserFuzzTest::record);
  }

  private static byte[] record(Random random) {
    List<String> samples = random.nextBoolean() ? Samples.NAMES : EASILY_BROKEN;
    String sample = samples.get(random.nextInt(samples.size()));
    return switch (random.nextInt(10)) {
      case 0 -> Bytes.any(random, 200);
      case 1 -> Bytes.ofPieces(random, PIECES, 60);
      case 2 -> Bytes.changed(random, Samples.bytes(sample));
      case 3 -> Bytes.cut(random, changed(random, sample));
      default -> changed(random, sample);
    };
  }

  private static byte[] changed(Random random, String sample) {
    return JsonTree.changed(random, Samples.json(sample));
  }
}
