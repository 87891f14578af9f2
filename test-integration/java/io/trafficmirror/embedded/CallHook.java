package io.trafficmirror.embedded;

/**
 * Stands in the way of every call. It may throw a {@link RuntimeException} or an {@link Error},
 * which plays a crash: in-process it comes out of the HTTP client as it is, over HTTP the
 * connection is cut. It may block, which plays an interleaving. It is called by the threads that
 * serve calls, several at once.
 */
public interface CallHook {

  /** Does nothing. */
  CallHook NONE =
      new CallHook() {
        @Override
        public void beforeEffect(String signingName, String action) {}

        @Override
        public void afterEffect(String signingName, String action, int status) {}
      };

  /** The call has arrived; nothing has happened yet, and no fault has been looked for. */
  void beforeEffect(String signingName, String action);

  /** What the call does has been done, or the call was refused; nothing has been answered yet. */
  void afterEffect(String signingName, String action, int status);
}
