package io.trafficmirror.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files that come with the demo. */
final class DemoFiles {

  /** The fleet of 1,000 instances, the output of {@link FleetGenerator} for seed 1. */
  static final String FLEET = "fleet-1000.json";

  /** The mirror policy. */
  static final String POLICY = "policy.yaml";

  private DemoFiles() {}

  /** The content of a file. */
  static byte[] bytes(String name) {
    try (InputStream in = DemoFiles.class.getResourceAsStream("/demo/" + name)) {
      if (in == null) {
        throw new IllegalStateException("incomplete build: /demo/" + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The content of a file as text. */
  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }
}
