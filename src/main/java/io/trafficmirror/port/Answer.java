package io.trafficmirror.port;

import java.util.function.Function;

/**
 * The result of a call to an external service.
 *
 * @param <T> the type of the value of a successful call
 */
public sealed interface Answer<T> {

  /**
   * Success.
   *
   * @param value the result of the call
   * @param <T> its type
   */
  record Got<T>(T value) implements Answer<T> {}

  /**
   * Failure.
   *
   * @param failure the failure
   * @param <T> the type of the value of a successful call
   */
  record Failed<T>(Failure failure) implements Answer<T> {}

  /**
   * Maps the value of a success; returns a failure unchanged.
   *
   * @param function the mapping
   * @param <U> the type of the new value
   */
  default <U> Answer<U> map(Function<? super T, ? extends U> function) {
    return switch (this) {
      case Got<T>(T value) -> new Got<>(function.apply(value));
      case Failed<T>(Failure failure) -> new Failed<>(failure);
    };
  }
}
