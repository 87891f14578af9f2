package io.trafficmirror.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.embedded.StoredRecord;
import io.trafficmirror.embedded.Unverified;
import io.trafficmirror.harness.Concurrent;
import io.trafficmirror.harness.Fleet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page records of a backfill run form one chain, and every page is processed, whatever else
 * happens.
 */
@Concurrent
class BackfillLawsTest {

  private static final MappingSettings ONE_LANE =
      MappingSettings.defaults().withParallelizationFactor(1);

  /**
   * One read besides the pages: that of the pool for the fleet's source on demand. The sweep uses
   * it too.
   */
  private static final int READS_OF_POOLS = 1;

  private static final int PAGE_SIZE = 5;

  private final World world = new World(1, Unverified.defaults(), ONE_LANE, 1, Source.POLICY);

  @Test
  void readsEveryPageOnceAndCompletes() {
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    world.backfill("run-1", PAGE_SIZE);
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(pages()).containsExactly("run-1 1", "run-1 2", "run-1 3", "run-1 4");
    assertThat(calls().get("DescribeInstances")).isEqualTo(4 + READS_OF_POOLS);
    assertThat(world.log()).contains("\"step\":\"completed\"");
  }

  @Test
  void keepsOneChainWhileALaunchInItsBatchIsThrottled() {
    // One read for the launch and one for the page.
    assertOneChainAfterTwentyDeliveries(
        "DescribeTrafficMirrorSessions", 503, "RequestLimitExceeded", 1 + 1);
  }

  @Test
  void keepsOneChainWhileALaunchInItsBatchIsRefused() {
    // One read and three retries for the launch, one read for the page.
    assertOneChainAfterTwentyDeliveries(
        "CreateTrafficMirrorSession", 400, "UndocumentedErrorCode", 4 + 1);
  }

  private void assertOneChainAfterTwentyDeliveries(
      String action, int status, String code, int readsInADelivery) {
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    world.backfill("run-1", PAGE_SIZE);
    world.runUntilIdle();
    Fleet.Member<Source> late = fleet.add(Source.BY_TAG);
    int recordsBefore = world.aws.kinesis().records(World.STREAM).size();
    world.launch(late.instance());
    world.backfill("run-2", PAGE_SIZE);
    world.aws.faults().refuseNaming("ec2", action, late.primary(), Integer.MAX_VALUE, status, code);
    for (int delivery = 1; delivery <= 20; delivery++) {
      world.aws.calls().reset();
      assertThat(world.mapping().runOnce()).isEqualTo(1);
      assertThat(calls().get("DescribeInstances")).isEqualTo(readsInADelivery);
    }
    assertThat(world.aws.kinesis().records(World.STREAM))
        .as("a retried page puts no next page")
        .hasSize(recordsBefore + 2);
    world.aws.faults().clear();
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(pages().stream().filter(page -> page.startsWith("run-2")))
        .containsExactly("run-2 1", "run-2 2", "run-2 3", "run-2 4");
  }

  @Test
  void mergesOverlappingRunsIntoTheNewer() {
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    world.backfill("run-1", PAGE_SIZE);
    world.mapping().runOnce();
    world.time.sleep(Duration.ofSeconds(1));
    world.backfill("run-2", PAGE_SIZE);
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(pages())
        .containsExactly("run-1 1", "run-1 2", "run-2 1", "run-2 2", "run-2 3", "run-2 4");
  }

  @Test
  void mergesCopiesOfAPage() {
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    for (int i = 0; i < 5; i++) {
      world.backfill("run-1", PAGE_SIZE);
    }
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(pages().subList(5, pages().size())).containsExactly("run-1 2", "run-1 3", "run-1 4");
    assertThat(calls().get("DescribeInstances")).isEqualTo(4 + READS_OF_POOLS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void processesEveryPageDespiteACrashAtAnyCall(int callsUntilTheCrash) {
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    DeliveryLawsTest.CrashingFunction function =
        new DeliveryLawsTest.CrashingFunction(world, callsUntilTheCrash);
    world.aws.onCall(function);
    world.connect(ONE_LANE, function);
    world.backfill("run-1", PAGE_SIZE);
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(pages()).contains("run-1 1", "run-1 2", "run-1 3", "run-1 4");
    assertThat(world.log()).contains("\"step\":\"completed\"");
  }

  @Test
  void restartsAfterAnExpiredTokenAndMissesNothing() {
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    world.backfill("run-1", PAGE_SIZE);
    world.mapping().runOnce();
    world.aws.ec2().expireTokens();
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(pages())
        .containsExactly("run-1 1", "run-1 2", "run-1 1", "run-1 2", "run-1 3", "run-1 4");
    assertThat(world.log()).contains("\"step\":\"restarted\"");
  }

  @Test
  void endsWithAReasonIfEveryTokenIsRefused() {
    Source.oneOfEach(world.aws.ec2());
    world.backfill("run-1", PAGE_SIZE);
    for (int i = 0; i < 20 && !world.mapping().idle(); i++) {
      world.mapping().runOnce();
      world.aws.ec2().expireTokens();
    }
    assertThat(world.mapping().idle()).isTrue();
    assertThat(world.log())
        .contains("\"step\":\"ended-early\",\"detail\":\"too-many-restarts: InvalidNextToken\"");
  }

  @Test
  void putsTheNextPageAgainIfKinesisRefusesIt() {
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    world.aws.kinesis().refuseEntries(2, "ProvisionedThroughputExceededException");
    world.backfill("run-1", PAGE_SIZE);
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(pages()).containsExactly("run-1 1", "run-1 2", "run-1 3", "run-1 4");
  }

  @Test
  void retriesAPageWhoseNextPageCannotBePut() {
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    world.aws.faults().refuse("kinesis", "PutRecords", 40, 400, "AccessDeniedException");
    world.backfill("run-1", PAGE_SIZE);
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(pages()).containsExactly("run-1 1", "run-1 2", "run-1 3", "run-1 4");
    assertThat(world.log()).contains("\"cause\":\"put-next-page\"");
  }

  @Test
  void changesNothingInASecondRunOverACorrectFleet() {
    Fleet<Source> fleet = Source.oneOfEach(world.aws.ec2());
    world.backfill("run-1", PAGE_SIZE);
    world.runUntilIdle();
    world.aws.calls().reset();
    world.backfill("run-2", PAGE_SIZE);
    world.runUntilIdle();
    fleet.assertMirrored();
    assertThat(calls()).doesNotContainKey("ModifyTrafficMirrorSession");
    assertThat(world.aws.calls().byActionAndResult("ec2").get("CreateTrafficMirrorSession"))
        .as("only the session of the unsupported instance is requested again")
        .isEqualTo(Map.of("NetworkInterfaceNotSupported", 1));
  }

  private Map<String, Integer> calls() {
    return world.aws.calls().byAction("ec2");
  }

  /** The page records on the stream, in order, each as run and number. */
  private List<String> pages() {
    return world.aws.kinesis().records(World.STREAM).stream()
        .filter(record -> record.partitionKey().equals(world.backfillKey()))
        .map(BackfillLawsTest::page)
        .toList();
  }

  private static String page(StoredRecord record) {
    JsonObject detail =
        JsonParser.parseString(new String(record.data(), StandardCharsets.UTF_8))
            .getAsJsonObject()
            .getAsJsonObject("detail");
    int page = detail.has("page") ? detail.get("page").getAsInt() : 1;
    return detail.get("run-id").getAsString() + " " + page;
  }
}
