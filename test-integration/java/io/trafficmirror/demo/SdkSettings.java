package io.trafficmirror.demo;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's standard settings, as system properties of this process: whatever the environment and
 * the profiles of the user say, the demo speaks to embedded AWS only. Closing it puts back what was
 * there before.
 */
final class SdkSettings implements AutoCloseable {
  private final Map<String, @Nullable String> before = new HashMap<>();

  private SdkSettings() {}

  /** Sets endpoint, region and credentials; the latter are none that anybody has. */
  static SdkSettings pointAt(URI endpoint, String region) {
    SdkSettings settings = new SdkSettings();
    settings.set("aws.endpointUrl", endpoint.toString());
    for (String service : new String[] {"Ec2", "Kinesis", "S3"}) {
      // A service's own variable of the environment would win over the general property.
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
