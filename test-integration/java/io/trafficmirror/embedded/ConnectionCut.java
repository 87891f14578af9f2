package io.trafficmirror.embedded;

import java.io.IOException;

/** Makes the caller see a connection that was closed without a response. */
final class ConnectionCut extends IOException {

  ConnectionCut(String when) {
    super("Connection reset " + when);
  }
}
