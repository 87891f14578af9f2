package io.trafficmirror.port;

import java.util.function.Function;

/**
 * What a call to the outside world gave.
 *
 * @param <T> what it gives when all is well
 */
public sealed interface Answer<T> {

  /**
   * All is well.
   *
   * @param value what the call gave
   * @param <T> its type
   */
  record Got<T>(T value) implements Answer<T> {}

  /**
   * It is not.
   *
   * @param failure why
   * @param <T> what the call would have given
   */
  record Failed<T>(Failure failure) implements Answer<T> {}

  /**
   * The same failure, or another value.
   *
   * @param function what makes it of the value
   * @param <U> its type
   */
  default <U> Answer<U> map(Function<? super T, ? extends U> function) {
    return switch (this) {
      case Got<T>(T value) -> new Got<>(function.apply(value));
      case Failed<T>(Failure failure) -> new Failed<>(failure);
    };
  }
}
