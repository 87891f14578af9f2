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
 * A law whose cases are each made from one random seed: the test method's only parameter. The seed
 * is part of the case's name, so a failure reports it; {@code -Dlaws.seed=...} plays that case
 * alone.
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
   * Independent random seeds, or the one that is set. Consecutive ones would not do: the first
   * draws of {@link java.util.Random} with neighbouring seeds are nearly the same.
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
