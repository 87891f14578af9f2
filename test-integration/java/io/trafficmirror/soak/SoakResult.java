package io.trafficmirror.soak;

import io.trafficmirror.harness.Discrepancies;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * The result of a soak.
 *
 * @param options the options
 * @param wall the duration on the wall clock
 * @param findings the deviations from the expected state
 * @param figures the figures
 * @param samples the memory samples
 */
public record SoakResult(
    SoakOptions options,
    Duration wall,
    Discrepancies findings,
    Figures figures,
    List<Sample> samples) {

  /**
   * The minimum for embedded AWS to reach its steady state in the first third: it keeps deleted
   * resources for up to 20 minutes.
   */
  static final int MINUTES_TO_JUDGE_MEMORY = 60;

  /**
   * Allows for occasional new targets, which every process remembers. The measured process handles
   * thousands of records in each third of the hour.
   */
  private static final long SLACK = 200;

  /** Copies the samples. */
  public SoakResult {
    samples = List.copyOf(samples);
  }

  boolean isCorrect() {
    return findings.isNone() && figures.unsupported().isEmpty();
  }

  Optional<Flatness> heap() {
    return flatness(Sample::heapBytes, 0);
  }

  Optional<Flatness> held() {
    return flatness(Sample::held, SLACK);
  }

  private Optional<Flatness> flatness(ToLongFunction<Sample> figure, long slack) {
    return samples.size() < Flatness.MIN_SAMPLES
        ? Optional.empty()
        : Optional.of(Flatness.of(samples.stream().mapToLong(figure).boxed().toList(), slack));
  }

  boolean judgesMemory() {
    return options.minutes() >= MINUTES_TO_JUDGE_MEMORY;
  }

  /** Whether the memory is flat, or the soak is too short to check it. */
  boolean isFlat() {
    return !judgesMemory()
        || (heap().filter(Flatness::isFlat).isPresent()
            && held().filter(Flatness::isFlat).isPresent());
  }

  /** Whether the state is correct and the memory flat, if it was checked. */
  public boolean isGood() {
    return isCorrect() && isFlat();
  }
}
