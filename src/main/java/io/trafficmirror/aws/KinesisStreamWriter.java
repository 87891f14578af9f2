package io.trafficmirror.aws;

import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.StreamWriter;
import io.trafficmirror.port.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Puts records with PutRecords. Kinesis may reject single entries in a successful response, which
 * the SDK does not retry. This writer sends them again with exponential backoff until Kinesis
 * accepts them or the deadline is reached.
 */
public final class KinesisStreamWriter implements StreamWriter {
  /** The maximum number of records in one PutRecords call (AWS: Kinesis API reference). */
  static final int MAX_RECORDS = 500;

  private static final Duration MAX_CALL_TIME = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Supplier<KinesisClient> kinesis;
  private final Time time;

  /**
   * Creates a writer.
   *
   * @param kinesis supplies a client, always the same one, that retries whole calls itself; first
   *     called by the first put
   * @param time the clock for the pauses between partially successful calls
   */
  public KinesisStreamWriter(Supplier<KinesisClient> kinesis, Time time) {
    this.kinesis = kinesis;
    this.time = time;
  }

  /**
   * One record to put.
   *
   * @param partitionKey 1 to 256 characters
   * @param data at most 1 MiB
   */
  record Item(String partitionKey, byte[] data) {}

  @Override
  public Answer<String> put(String streamArn, String partitionKey, byte[] data, Deadline deadline) {
    Answer<List<String>> answer =
        putAll(streamArn, List.of(new Item(partitionKey, data)), deadline);
    return switch (answer) {
      case Answer.Got<List<String>> got -> new Answer.Got<>(got.value().getFirst());
      case Answer.Failed<List<String>> failed -> new Answer.Failed<>(failed.failure());
    };
  }

  /**
   * Puts records. Rejected records are sent again and may therefore end up after later ones.
   *
   * @return their sequence numbers, in the order of the items; if the call fails, some records may
   *     still have been put
   */
  Answer<List<String>> putAll(String streamArn, List<Item> items, Deadline deadline) {
    String[] sequenceNumbers = new String[items.size()];
    Arrays.fill(sequenceNumbers, "");
    List<Integer> waiting = new ArrayList<>(IntStream.range(0, items.size()).boxed().toList());
    Duration pause = FIRST_PAUSE;
    while (!waiting.isEmpty()) {
      List<Integer> now = List.copyOf(waiting.subList(0, Math.min(MAX_RECORDS, waiting.size())));
      Answer<Optional<PutRecordsResultEntry>> answer =
          send(streamArn, items, now, sequenceNumbers, deadline);
      if (answer instanceof Answer.Failed<Optional<PutRecordsResultEntry>> failed) {
        return new Answer.Failed<>(failed.failure());
      }
      waiting.removeIf(place -> !sequenceNumbers[place].isEmpty());
      if (answer instanceof Answer.Got<Optional<PutRecordsResultEntry>> got
          && got.value().isPresent()) {
        PutRecordsResultEntry refused = got.value().get();
        if (!deadline.allows(pause) || !slept(pause)) {
          return refused(streamArn, waiting.size(), refused);
        }
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }
    return new Answer.Got<>(List.of(sequenceNumbers));
  }

  /**
   * Sends some of the items and stores the sequence numbers of the accepted ones; returns the last
   * rejected entry, if any.
   */
  private Answer<Optional<PutRecordsResultEntry>> send(
      String streamArn,
      List<Item> items,
      List<Integer> places,
      String[] sequenceNumbers,
      Deadline deadline) {
    return Calls.make(
        "PutRecords of %d records on %s".formatted(places.size(), streamArn),
        MAX_CALL_TIME,
        deadline,
        Ec2Errors::ofOtherService,
        limits -> {
          List<PutRecordsRequestEntry> entries =
              places.stream().map(place -> entry(items.get(place))).toList();
          List<PutRecordsResultEntry> results =
              kinesis
                  .get()
                  .putRecords(
                      request ->
                          request
                              .streamARN(streamArn)
                              .records(entries)
                              .overrideConfiguration(limits))
                  .records();
          Optional<PutRecordsResultEntry> refused = Optional.empty();
          for (int i = 0; i < places.size(); i++) {
            PutRecordsResultEntry result =
                i < results.size() ? results.get(i) : PutRecordsResultEntry.builder().build();
            String number = Optional.ofNullable(result.sequenceNumber()).orElse("");
            if (number.isEmpty()) {
              refused = Optional.of(result);
            }
            sequenceNumbers[places.get(i)] = number;
          }
          return refused;
        });
  }

  private static PutRecordsRequestEntry entry(Item item) {
    return PutRecordsRequestEntry.builder()
        .partitionKey(item.partitionKey())
        .data(SdkBytes.fromByteArray(item.data()))
        .build();
  }

  private static <T> Answer<T> refused(String streamArn, int count, PutRecordsResultEntry refused) {
    String code = Optional.ofNullable(refused.errorCode()).orElse(Ec2Errors.NO_ANSWER);
    return Calls.failed(
        Ec2Errors.ofOtherService(code, 0),
        code,
        "PutRecords on %s: Kinesis still rejected %d records at the last attempt, one with %s: %s"
            .formatted(streamArn, count, code, refused.errorMessage()));
  }

  /** Sleeps; returns false if the thread is interrupted. */
  private boolean slept(Duration pause) {
    try {
      time.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
