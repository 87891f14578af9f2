package io.trafficmirror.embedded;

/**
 * Intercepts every call. It may throw a {@link RuntimeException} or an {@link Error} to simulate a
 * crash: in process, the HTTP client throws it unchanged; over HTTP, the connection is closed. It
 * may block to force an interleaving. The threads that serve calls invoke it concurrently.
 */
public interface CallHook {

  /** A hook that does nothing. */
  CallHook NONE =
      new CallHook() {
        @Override
        public void beforeEffect(String signingName, String action) {}

        @Override
        public void afterEffect(String signingName, String action, int status) {}
      };

  /** Runs when a call has arrived, before any fault rule or effect. */
  void beforeEffect(String signingName, String action);

  /** Runs after the call took effect or was rejected, before the response is sent. */
  void afterEffect(String signingName, String action, int status);
}
