package io.trafficmirror.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The files that come with the demo. */
final class Shipped {

  /** The fleet of 1,000 instances: what {@link FleetGenerator} gives for seed 1. */
  static final String FLEET = "fleet-1000.json";

  /** The mirror policy. */
  static final String POLICY = "policy.yaml";

  private Shipped() {}

  /** The content of one of them. */
  static byte[] bytes(String name) {
    try (InputStream in = Shipped.class.getResourceAsStream("/demo/" + name)) {
      if (in == null) {
        throw new IllegalStateException("the build is incomplete: /demo/" + name + " is missing");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The content of one of them, as text. */
  static String text(String name) {
    return new String(bytes(name), StandardCharsets.UTF_8);
  }
}
