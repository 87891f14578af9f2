package io.trafficmirror.demo;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The events of the three use cases, as AWS and an operator put them. */
final class Events {

  /** The pattern of the rule for launches. */
  static final String LAUNCH_PATTERN =
      """
      {"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],\
      "detail":{"state":["running"]}}\
      """;

  /** Where the rule for launches finds the partition key. */
  static final String LAUNCH_KEY = "$.detail.instance-id";

  /** The pattern of the rule for findings. */
  static final String FINDING_PATTERN =
      """
      {"source":["aws.guardduty"],"detail-type":["GuardDuty Finding"],\
      "detail":{"resource":{"instanceDetails":{"instanceId":[{"exists":true}]}}}}\
      """;

  /** Where the rule for findings finds the partition key. */
  static final String FINDING_KEY = "$.detail.resource.instanceDetails.instanceId";

  /** The partition key of every page of every backfill. */
  static final String BACKFILL_KEY = "backfill/" + DemoNetwork.ACCOUNT + "/" + DemoNetwork.REGION;

  /** What is particular about a finding. */
  enum Finding {
    /** Nothing: it counts. */
    PLAIN,
    /** GuardDuty made it up, to show what findings look like. */
    SAMPLE,
    /** Somebody has dealt with it. */
    ARCHIVED,
    /** It is about an instance of another account. */
    OTHER_ACCOUNT
  }

  private Events() {}

  /** EC2: the instance runs now, or has another state. */
  static String stateChange(String instanceId, String state, Instant time) {
    JsonObject detail = new JsonObject();
    detail.addProperty("instance-id", instanceId);
    detail.addProperty("state", state);
    String source = "aws.ec2";
    return envelope(source, "EC2 Instance State-change Notification", time, detail).toString();
  }

  /** GuardDuty: the instance takes part in something. */
  static String finding(String instanceId, Finding kind, Instant time) {
    String account =
        kind == Finding.OTHER_ACCOUNT ? DemoNetwork.OTHER_ACCOUNT : DemoNetwork.ACCOUNT;
    JsonObject instanceDetails = new JsonObject();
    instanceDetails.addProperty("instanceId", instanceId);
    instanceDetails.add("tags", new JsonArray());
    JsonObject resource = new JsonObject();
    resource.addProperty("resourceType", "Instance");
    resource.add("instanceDetails", instanceDetails);
    JsonObject additionalInfo = new JsonObject();
    if (kind == Finding.SAMPLE) {
      additionalInfo.addProperty("sample", true);
    }
    JsonObject service = new JsonObject();
    service.addProperty("serviceName", "guardduty");
    service.addProperty("archived", kind == Finding.ARCHIVED);
    service.addProperty("count", 1);
    service.add("additionalInfo", additionalInfo);
    JsonObject detail = new JsonObject();
    detail.addProperty("schemaVersion", "2.0");
    detail.addProperty("accountId", account);
    detail.addProperty("region", DemoNetwork.REGION);
    detail.addProperty("id", id("finding", instanceId));
    detail.addProperty("type", "UnauthorizedAccess:EC2/SSHBruteForce");
    detail.addProperty("severity", 5);
    detail.add("resource", resource);
    detail.add("service", service);
    return envelope("aws.guardduty", "GuardDuty Finding", time, detail).toString();
  }

  /** Ours: the first page of a backfill, as the schedule or an operator puts it. */
  static byte[] firstPage(String runId, int size, Instant time) {
    JsonObject detail = new JsonObject();
    detail.addProperty("run-id", runId);
    detail.addProperty("page", 1);
    detail.addProperty("page-size", size);
    return envelope("traffic-mirror-pipeline", "Backfill Page", time, detail)
        .toString()
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What can never be understood. */
  static byte[] poison() {
    return "{\"source\":\"aws.ec2\",\"detail-type\":".getBytes(StandardCharsets.UTF_8);
  }

  private static JsonObject envelope(
      String source, String detailType, Instant time, JsonObject detail) {
    JsonObject event = new JsonObject();
    event.addProperty("version", "0");
    event.addProperty("id", id(source, detail.toString()));
    event.addProperty("detail-type", detailType);
    event.addProperty("source", source);
    event.addProperty("account", DemoNetwork.ACCOUNT);
    // AWS gives whole seconds.
    event.addProperty("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
    event.addProperty("region", DemoNetwork.REGION);
    event.add("resources", new JsonArray());
    event.add("detail", detail);
    return event;
  }

  private static String id(String kind, String about) {
    return UUID.nameUUIDFromBytes((kind + about).getBytes(StandardCharsets.UTF_8)).toString();
  }
}
