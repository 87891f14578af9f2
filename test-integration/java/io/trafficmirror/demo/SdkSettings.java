package io.trafficmirror.demo;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Points the SDK to embedded AWS through system properties, so that the environment and the
 * profiles of the user have no effect. Closing it restores the previous properties.
 */
final class SdkSettings implements AutoCloseable {
  private final Map<String, @Nullable String> before = new HashMap<>();

  private SdkSettings() {}

  /** Sets the endpoint, the Region and dummy credentials. */
  static SdkSettings pointAt(URI endpoint, String region) {
    SdkSettings settings = new SdkSettings();
    settings.set("aws.endpointUrl", endpoint.toString());
    for (String service : new String[] {"Ec2", "Kinesis", "S3"}) {
      // An environment variable for a single service would override the general property.
      settings.set("aws.endpointUrl" + service, endpoint.toString());
    }
    settings.set("aws.ignoreConfiguredEndpointUrls", "false");
    settings.set("aws.region", region);
    settings.set("aws.accessKeyId", "demo");
    settings.set("aws.secretAccessKey", "demo");
    settings.set("aws.sessionToken", "demo");
    return settings;
  }

  private void set(String name, String value) {
    before.put(name, System.getProperty(name));
    System.setProperty(name, value);
  }

  @Override
  public void close() {
    before.forEach(
        (name, value) -> {
          if (value == null) {
            System.clearProperty(name);
          } else {
            System.setProperty(name, value);
          }
        });
  }
}
