package io.trafficmirror.port;

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
}
