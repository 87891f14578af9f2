package io.trafficmirror.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** The records on a deployment's stream, for embedded AWS's account and Region. */
public final class Events {

  /** The path of the partition key in an instance event. */
  public static final String LAUNCH_KEY = "$.detail.instance-id";

  /** The path of the partition key in a finding. */
  public static final String FINDING_KEY = "$.detail.resource.instanceDetails.instanceId";

  private static final String ACCOUNT = "111122223333";
  private static final String REGION = "us-east-1";

  /** The launchers set it; Maven runs in the repository. */
  private static final String ROOT =
      System.getProperty("demo.home", System.getProperty("bench.home", ""));

  private Events() {}

  /** The pattern of the rule for launches, as the Terraform module has it. */
  public static String launchPattern() {
    return pattern("instance-running.json");
  }

  /** The pattern of the rule for findings, as the Terraform module has it. */
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

  /** The instance is running now. */
  public static String launched(String instance, Instant at) {
    return AwsEvent.stateChange(instance, "running", ACCOUNT, REGION).envelope(ACCOUNT, REGION, at);
  }

  /** A finding about the instance. */
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

  /** A sweep of the pools. */
  public static String sweep(String run) {
    return """
    {"source":"traffic-mirror-pipeline","detail-type":"Target Sweep","detail":{"run-id":"%s"}}\
    """
        .formatted(run);
  }
}
