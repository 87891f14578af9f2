package io.trafficmirror.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.event.MirrorEvent.BackfillPage;
import io.trafficmirror.event.MirrorEvent.InstanceRequested;
import io.trafficmirror.mirror.InstanceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.time.api.DateTimes;
import org.junit.jupiter.api.Test;

final class OwnEventsTest {
  private static final Instant NOW = Instant.parse("2026-11-24T10:05:00Z");

  @Property(tries = 300)
  void aPageSurvivesARoundTrip(@ForAll("pages") BackfillPage page) {
    byte[] record = OwnEvents.write(page, NOW, Samples.ACCOUNT, "eu-central-1");
    assertThat(EventParser.parse(record, Samples.ACCOUNT)).isEqualTo(page);
  }

  @Property(tries = 300)
  void anInstanceRequestSurvivesARoundTrip(@ForAll("requests") InstanceRequested request) {
    byte[] record = OwnEvents.write(request, Samples.ACCOUNT, "eu-central-1");
    assertThat(EventParser.parse(record, Samples.ACCOUNT)).isEqualTo(request);
  }

  @Test
  void writesAPageInTheShapeOfAnEventBridgeEvent() {
    BackfillPage page =
        new BackfillPage(
            "nächtlich", Optional.of(NOW.minusSeconds(300)), 2, 500, Optional.of("t/="), 1);
    assertThat(text(OwnEvents.write(page, NOW, "111122223333", "eu-central-1")))
        .isEqualTo(
            """
            {"version":"0","id":"n\\u00e4chtlich/1/2","source":"traffic-mirror-pipeline",\
            "detail-type":"Backfill Page","time":"2026-11-24T10:05:00Z",\
            "account":"111122223333","region":"eu-central-1","resources":[],\
            "detail":{"run-id":"n\\u00e4chtlich","started-at":"2026-11-24T10:00:00Z",\
            "page":2,"page-size":500,"token":"t/=","restarts":1}}\
            """);
  }

  @Test
  void omitsUnknownValues() {
    BackfillPage page = new BackfillPage("r", Optional.empty(), 1, 200, Optional.empty(), 0);
    assertThat(text(OwnEvents.write(page, NOW, "", "")))
        .isEqualTo(
            """
            {"version":"0","id":"r/0/1","source":"traffic-mirror-pipeline",\
            "detail-type":"Backfill Page","time":"2026-11-24T10:05:00Z","resources":[],\
            "detail":{"run-id":"r","page":1,"page-size":200,"restarts":0}}\
            """);
    InstanceRequested request = new InstanceRequested(new InstanceId("i-0"), Optional.empty());
    assertThat(text(OwnEvents.write(request, "", "")))
        .isEqualTo(
            """
            {"version":"0","id":"request/i-0","source":"traffic-mirror-pipeline",\
            "detail-type":"Instance Request","resources":[],"detail":{"instance-id":"i-0"}}\
            """);
  }

  @Provide
  Arbitrary<BackfillPage> pages() {
    return Combinators.combine(
            Arbitraries.strings().ofMinLength(1).ofMaxLength(PageParser.MAX_RUN_ID),
            instants().optional(),
            Arbitraries.integers().greaterOrEqual(1),
            Arbitraries.integers().between(BackfillPage.MIN_SIZE, BackfillPage.MAX_SIZE),
            Arbitraries.strings().ofMinLength(1).optional(),
            Arbitraries.integers().greaterOrEqual(0))
        .as(BackfillPage::new);
  }

  @Provide
  Arbitrary<InstanceRequested> requests() {
    Arbitrary<InstanceId> ids =
        Arbitraries.strings()
            .withCharRange('!', '~')
            .ofMinLength(1)
            .ofMaxLength(60)
            .map(text -> "i-" + text)
            .filter(InstanceId::isValid)
            .map(InstanceId::new);
    return Combinators.combine(ids, instants().optional()).as(InstanceRequested::new);
  }

  private static Arbitrary<Instant> instants() {
    return DateTimes.instants();
  }

  private static String text(byte[] record) {
    return new String(record, StandardCharsets.UTF_8);
  }
}
