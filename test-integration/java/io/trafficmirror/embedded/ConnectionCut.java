package io.trafficmirror.embedded;

import java.io.IOException;

/** The caller is to see a connection that ended without an answer. */
final class ConnectionCut extends IOException {

  ConnectionCut(String when) {
    super("Connection reset " + when);
  }
}
