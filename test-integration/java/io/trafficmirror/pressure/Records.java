package io.trafficmirror.pressure;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** What comes over the stream, and the patterns of the rules that put it there. */
final class Records {

  static final String LAUNCHES =
      """
      {"source":["aws.ec2"],"detail-type":["EC2 Instance State-change Notification"],\
      "detail":{"state":["running"]}}\
      """;

  static final String FINDINGS =
      """
      {"source":["aws.guardduty"],"detail-type":["GuardDuty Finding"],\
      "detail":{"resource":{"instanceDetails":{"instanceId":[{"exists":true}]}}}}\
      """;

  private Records() {}

  static String launched(String instance, Instant at) {
    return """
    {"version":"0","id":"%s","source":"aws.ec2",
     "detail-type":"EC2 Instance State-change Notification","account":"111122223333",
     "time":"%s","region":"us-east-1",
     "resources":["arn:aws:ec2:us-east-1:111122223333:instance/%s"],
     "detail":{"instance-id":"%s","state":"running"}}\
    """
        .formatted(id(instance, at), at.truncatedTo(ChronoUnit.SECONDS), instance, instance);
  }

  static String found(String instance, Instant at) {
    return """
    {"version":"0","id":"%s","source":"aws.guardduty",
     "detail-type":"GuardDuty Finding","account":"111122223333","time":"%s",
     "region":"us-east-1","resources":[],
     "detail":{"accountId":"111122223333","id":"f-1","type":"UnauthorizedAccess:EC2/SSHBruteForce",
      "resource":{"resourceType":"Instance","instanceDetails":{"instanceId":"%s"}},
      "service":{"archived":false,"additionalInfo":{}},"severity":5}}\
    """
        .formatted(id(instance, at), at.truncatedTo(ChronoUnit.SECONDS), instance);
  }

  static String firstPage(String run, int pageSize) {
    return """
    {"source":"traffic-mirror-pipeline","detail-type":"Backfill Page",
     "detail":{"run-id":"%s","page-size":%d}}\
    """
        .formatted(run, pageSize);
  }

  static String sweep(String run) {
    return """
    {"source":"traffic-mirror-pipeline","detail-type":"Target Sweep","detail":{"run-id":"%s"}}\
    """
        .formatted(run);
  }

  private static String id(String instance, Instant at) {
    return UUID.nameUUIDFromBytes((instance + at).getBytes(java.nio.charset.StandardCharsets.UTF_8))
        .toString();
  }
}
