package io.trafficmirror.bench;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The baseline for cold starts: makes the same calls as the product for the same event, in
 * sequence, with one client per service. Works only with the instances of the benchmark.
 */
public final class BareHandler implements RequestHandler<KinesisEvent, StreamsEventResponse> {

  private static final Pattern INSTANCE = Pattern.compile("\"instance-id\":\\s*\"([^\"]+)\"");
  private static final Pattern FILTER = Pattern.compile("filterId:\\s*(\\S+)");
  private static final Pattern TARGET = Pattern.compile("targetId:\\s*(\\S+)");

  private final Ec2Client ec2;
  private final String filterId;
  private final String targetId;

  /** Creates the clients and reads the policy, like the product before its first event. */
  public BareHandler() {
    SdkHttpClient http = UrlConnectionHttpClient.create();
    ec2 = Ec2Client.builder().httpClient(http).build();
    S3Client s3 = S3Client.builder().httpClient(http).build();
    String policy =
        s3.getObjectAsBytes(
                request ->
                    request
                        .bucket(System.getenv("MIRROR_POLICY_BUCKET"))
                        .key(System.getenv("MIRROR_POLICY_KEY")))
            .asUtf8String();
    filterId = found(FILTER, policy);
    targetId = found(TARGET, policy);
  }

  @Override
  public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
    List<String> ids =
        event.getRecords().stream()
            .map(item -> StandardCharsets.UTF_8.decode(item.getKinesis().getData()).toString())
            .map(text -> found(INSTANCE, text))
            .toList();
    List<String> interfaces =
        ec2
            .describeInstances(request -> request.filters(filter("instance-id", ids)))
            .reservations()
            .stream()
            .flatMap(reservation -> reservation.instances().stream())
            .map(instance -> instance.networkInterfaces().getFirst().networkInterfaceId())
            .toList();
    ec2.describeTrafficMirrorTargets(request -> {});
    ec2.describeTrafficMirrorSessions(
        request -> request.filters(filter("network-interface-id", interfaces)));
    for (String source : interfaces) {
      ec2.createTrafficMirrorSession(
          request ->
              request
                  .networkInterfaceId(source)
                  .trafficMirrorTargetId(targetId)
                  .trafficMirrorFilterId(filterId)
                  .sessionNumber(100));
    }
    return StreamsEventResponse.builder().withBatchItemFailures(List.of()).build();
  }

  private static Filter filter(String name, List<String> values) {
    return Filter.builder().name(name).values(values).build();
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalArgumentException(pattern + " not found in " + text);
    }
    return matcher.group(1);
  }
}
