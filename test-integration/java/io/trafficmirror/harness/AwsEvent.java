package io.trafficmirror.harness;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * An event that an AWS service sends to the default event bus.
 *
 * @param source the service, for example {@code aws.ec2}
 * @param detailType the detail type
 * @param detail the detail, a JSON object
 * @param resources ARNs of the affected resources
 */
public record AwsEvent(String source, String detailType, String detail, List<String> resources) {

  /** Kinds of GuardDuty findings. The pipeline processes only {@link #PLAIN}. */
  public enum Finding {
    /** A finding that the pipeline processes. */
    PLAIN,
    /** A sample finding. */
    SAMPLE,
    /** An archived finding. */
    ARCHIVED,
    /** A finding about an instance in another account. */
    OTHER_ACCOUNT
  }

  /** An account ID that AWS reserves for documentation. */
  private static final String OTHER_ACCOUNT = "444455556666";

  public AwsEvent {
    resources = List.copyOf(resources);
  }

  /** An EC2 event: the instance changed to this state. */
  public static AwsEvent stateChange(
      String instanceId, String state, String account, String region) {
    return new AwsEvent(
        "aws.ec2",
        "EC2 Instance State-change Notification",
        """
        {"instance-id":"%s","state":"%s"}\
        """
            .formatted(instanceId, state),
        List.of("arn:aws:ec2:%s:%s:instance/%s".formatted(region, account, instanceId)));
  }

  /** A GuardDuty finding about the instance. */
  public static AwsEvent finding(
      String instanceId, Finding finding, String account, String region) {
    return new AwsEvent(
        "aws.guardduty",
        "GuardDuty Finding",
        """
        {"schemaVersion":"2.0","accountId":"%s","region":"%s","id":"%s",\
        "type":"UnauthorizedAccess:EC2/SSHBruteForce","severity":5,\
        "resource":{"resourceType":"Instance",\
        "instanceDetails":{"instanceId":"%s","tags":[]}},\
        "service":{"serviceName":"guardduty","archived":%s,"count":1,"additionalInfo":%s}}\
        """
            .formatted(
                finding == Finding.OTHER_ACCOUNT ? OTHER_ACCOUNT : account,
                region,
                id("finding" + instanceId),
                instanceId,
                finding == Finding.ARCHIVED,
                finding == Finding.SAMPLE ? "{\"sample\":true}" : "{}"),
        List.of());
  }

  /** The event as EventBridge delivers it. The id depends only on the event and the time. */
  public String envelope(String account, String region, Instant time) {
    JsonObject event = new JsonObject();
    event.addProperty("version", "0");
    event.addProperty("id", id(source + detail + time));
    event.addProperty("detail-type", detailType);
    event.addProperty("source", source);
    event.addProperty("account", account);
    // EventBridge times are in whole seconds.
    event.addProperty("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
    event.addProperty("region", region);
    JsonArray arns = new JsonArray();
    resources.forEach(arns::add);
    event.add("resources", arns);
    event.add("detail", JsonParser.parseString(detail));
    return event.toString();
  }

  private static String id(String of) {
    return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
