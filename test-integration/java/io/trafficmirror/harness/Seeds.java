package io.trafficmirror.harness;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.provider.ArgumentsSource;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/**
 * Marks a property test whose only parameter is a random seed, one per case. The seed is part of
 * the name of the case, so that a failure reports it; {@code -Dlaws.seed=...} runs only that case.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "-Dlaws.seed={0}")
@ArgumentsSource(Seeds.Source.class)
public @interface Seeds {

  /** The number of cases in every build. */
  int sample();

  /** The number of cases in the exhaustive form. */
  int all();

  /**
   * Provides independent random seeds, or the configured one. Consecutive seeds are unsuitable
   * because the first values of {@link java.util.Random} hardly differ between them.
   */
  final class Source implements ArgumentsProvider, AnnotationConsumer<Seeds> {

    private int count;

    @Override
    public void accept(Seeds seeds) {
      count = Effort.of(seeds.sample(), seeds.all());
    }

    @Override
    public Stream<? extends Arguments> provideArguments(
        ParameterDeclarations parameters, ExtensionContext context) {
      return Optional.ofNullable(Long.getLong("laws.seed"))
          .map(LongStream::of)
          .orElseGet(() -> new SplittableRandom().longs(count))
          .mapToObj(Arguments::of);
    }
  }
}
