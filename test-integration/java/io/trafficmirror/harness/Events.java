package io.trafficmirror.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** Creates the records on a deployment's stream, for the account and Region of embedded AWS. */
public final class Events {

  /** The path of the partition key in an instance state-change event. */
  public static final String LAUNCH_KEY = "$.detail.instance-id";

  /** The path of the partition key in a finding. */
  public static final String FINDING_KEY = "$.detail.resource.instanceDetails.instanceId";

  private static final String ACCOUNT = "111122223333";
  private static final String REGION = "us-east-1";

  /** The root of the repository: set by the scripts, and the working directory of Maven. */
  private static final String ROOT =
      System.getProperty("demo.home", System.getProperty("bench.home", ""));

  private Events() {}

  /** The event pattern for launches, from the Terraform module. */
  public static String launchPattern() {
    return pattern("instance-running.json");
  }

  /** The event pattern for findings, from the Terraform module. */
  public static String findingPattern() {
    return pattern("guardduty-finding.json");
  }

  private static String pattern(String file) {
    try {
      return Files.readString(Path.of(ROOT, "terraform", "patterns", file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The event for an instance that is running. */
  public static String launched(String instance, Instant at) {
    return AwsEvent.stateChange(instance, "running", ACCOUNT, REGION).envelope(ACCOUNT, REGION, at);
  }

  /** The event for a finding about an instance. */
  public static String found(String instance, AwsEvent.Finding finding, Instant at) {
    return AwsEvent.finding(instance, finding, ACCOUNT, REGION).envelope(ACCOUNT, REGION, at);
  }

  /** The first page of a backfill run. */
  public static String firstPage(String run, int pageSize) {
    return """
    {"source":"traffic-mirror-pipeline","detail-type":"Backfill Page",\
    "detail":{"run-id":"%s","page-size":%d}}\
    """
        .formatted(run, pageSize);
  }

  /** A pool sweep. */
  public static String sweep(String run) {
    return """
    {"source":"traffic-mirror-pipeline","detail-type":"Target Sweep","detail":{"run-id":"%s"}}\
    """
        .formatted(run);
  }
}
