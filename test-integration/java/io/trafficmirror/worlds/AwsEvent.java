package io.trafficmirror.worlds;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * What a service of AWS puts on the default bus.
 *
 * @param source the service, {@code aws.ec2} say
 * @param detailType what kind of event it is
 * @param detail the event's own JSON object
 * @param resources ARNs
 */
record AwsEvent(String source, String detailType, String detail, List<String> resources) {

  /** Copies the list. */
  AwsEvent {
    resources = List.copyOf(resources);
  }

  /** EC2: the instance runs now. */
  static AwsEvent running(String instanceId, String account, String region) {
    return stateChange(instanceId, "running", account, region);
  }

  /** EC2: the instance has come into this state. */
  static AwsEvent stateChange(String instanceId, String state, String account, String region) {
    return new AwsEvent(
        "aws.ec2",
        "EC2 Instance State-change Notification",
        """
        {"instance-id":"%s","state":"%s"}\
        """
            .formatted(instanceId, state),
        List.of("arn:aws:ec2:%s:%s:instance/%s".formatted(region, account, instanceId)));
  }

  /** GuardDuty: the instance takes part in something. */
  static AwsEvent finding(String instanceId, String account, String region) {
    return new AwsEvent(
        "aws.guardduty",
        "GuardDuty Finding",
        """
        {"schemaVersion":"2.0","accountId":"%s","region":"%s","id":"%s",\
        "type":"UnauthorizedAccess:EC2/SSHBruteForce","severity":5,\
        "resource":{"resourceType":"Instance",\
        "instanceDetails":{"instanceId":"%s","tags":[]}},\
        "service":{"serviceName":"guardduty","archived":false,"count":1,"additionalInfo":{}}}\
        """
            .formatted(account, region, UUID.randomUUID(), instanceId),
        List.of());
  }

  /** The whole envelope, as EventBridge hands it on. */
  String envelope(String account, String region, Instant time) {
    JsonObject event = new JsonObject();
    event.addProperty("version", "0");
    event.addProperty("id", UUID.randomUUID().toString());
    event.addProperty("detail-type", detailType);
    event.addProperty("source", source);
    event.addProperty("account", account);
    event.addProperty("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
    event.addProperty("region", region);
    JsonArray arns = new JsonArray();
    resources.forEach(arns::add);
    event.add("resources", arns);
    event.add("detail", JsonParser.parseString(detail));
    return event.toString();
  }
}
