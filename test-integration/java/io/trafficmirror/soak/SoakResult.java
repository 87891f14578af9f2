package io.trafficmirror.soak;

import io.trafficmirror.harness.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * What a soak came to.
 *
 * @param options what was run
 * @param wall how long that took on this machine
 * @param findings what was not as it should be
 * @param figures what happened
 * @param samples of the memory
 */
public record SoakResult(
    SoakOptions options, Duration wall, Findings findings, Figures figures, List<Sample> samples) {

  /**
   * In less, embedded AWS has not come to its steady state in the first third: it keeps what is
   * gone for twenty minutes.
   */
  static final int MINUTES_TO_JUDGE_MEMORY = 60;

  /**
   * The pools have some targets more now and then, which every process knows. The process that is
   * looked at handles thousands of records in a third of an hour.
   */
  private static final long SLACK = 200;

  /** Copies the samples. */
  public SoakResult {
    samples = List.copyOf(samples);
  }

  boolean isRight() {
    return findings.isNone() && figures.unsupported().isEmpty();
  }

  Optional<Flatness> heap() {
    return flatness(Sample::heapBytes, 0);
  }

  Optional<Flatness> held() {
    return flatness(Sample::held, SLACK);
  }

  private Optional<Flatness> flatness(ToLongFunction<Sample> figure, long slack) {
    return samples.size() < Flatness.LEAST
        ? Optional.empty()
        : Optional.of(Flatness.of(samples.stream().mapToLong(figure).boxed().toList(), slack));
  }

  boolean judgesMemory() {
    return options.minutes() >= MINUTES_TO_JUDGE_MEMORY;
  }

  /** Flat, or too short to tell. */
  boolean isFlat() {
    return !judgesMemory()
        || (heap().filter(Flatness::isFlat).isPresent()
            && held().filter(Flatness::isFlat).isPresent());
  }

  /** Whether every session is right, and the memory flat as far as it is judged. */
  public boolean isGood() {
    return isRight() && isFlat();
  }
}
