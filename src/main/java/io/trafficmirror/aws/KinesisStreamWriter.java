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
 * Puts records by PutRecords. Kinesis may refuse single entries inside an answer that is a success
 * as a whole, which no SDK retries: here they are sent again, with a growing pause, until Kinesis
 * takes them or the time is over.
 */
public final class KinesisStreamWriter implements StreamWriter {
  /** The most records of one PutRecords call (AWS: Kinesis API reference). */
  static final int MAX_RECORDS = 500;

  private static final Duration MOST_FOR_A_CALL = Duration.ofSeconds(10);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Supplier<KinesisClient> kinesis;
  private final Time time;

  /**
   * A writer.
   *
   * @param kinesis gives a client, always the same, that retries whole calls by itself; asked with
   *     the first put
   * @param time for the pauses between calls that were taken in part
   */
  public KinesisStreamWriter(Supplier<KinesisClient> kinesis, Time time) {
    this.kinesis = kinesis;
    this.time = time;
  }

  /**
   * A record to put.
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
   * Puts records; those that Kinesis refused are sent again, hence behind later ones.
   *
   * @return their sequence numbers, in the order of the items; after a failure some may have been
   *     put all the same
   */
  Answer<List<String>> putAll(String streamArn, List<Item> items, Deadline deadline) {
    String[] taken = new String[items.size()];
    Arrays.fill(taken, "");
    List<Integer> waiting = new ArrayList<>(IntStream.range(0, items.size()).boxed().toList());
    Duration pause = FIRST_PAUSE;
    while (!waiting.isEmpty()) {
      List<Integer> now = List.copyOf(waiting.subList(0, Math.min(MAX_RECORDS, waiting.size())));
      Answer<Optional<PutRecordsResultEntry>> answer = send(streamArn, items, now, taken, deadline);
      if (answer instanceof Answer.Failed<Optional<PutRecordsResultEntry>> failed) {
        return new Answer.Failed<>(failed.failure());
      }
      waiting.removeIf(place -> !taken[place].isEmpty());
      if (answer instanceof Answer.Got<Optional<PutRecordsResultEntry>> got
          && got.value().isPresent()) {
        PutRecordsResultEntry refused = got.value().get();
        if (!deadline.allows(pause) || !rested(pause)) {
          return refused(streamArn, waiting.size(), refused);
        }
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
      }
    }
    return new Answer.Got<>(List.of(taken));
  }

  /** Sends some of the items and notes which were taken; gives one that was not, if any. */
  private Answer<Optional<PutRecordsResultEntry>> send(
      String streamArn, List<Item> items, List<Integer> places, String[] taken, Deadline deadline) {
    return Calls.make(
        "PutRecords of %d records on %s".formatted(places.size(), streamArn),
        MOST_FOR_A_CALL,
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
            taken[places.get(i)] = number;
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
        "PutRecords on %s: Kinesis refused %d records to the end, the last with %s: %s"
            .formatted(streamArn, count, code, refused.errorMessage()));
  }

  /** Waits; false where the thread is asked to end. */
  private boolean rested(Duration pause) {
    try {
      time.sleep(pause);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
