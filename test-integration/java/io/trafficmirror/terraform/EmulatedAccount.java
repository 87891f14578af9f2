package io.trafficmirror.terraform;

import com.google.gson.JsonElement;
import java.net.URI;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.PolicyScopeType;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.scheduler.SchedulerClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/** The contents of an emulated account and Region, read from the emulator, not from Terraform. */
public final class EmulatedAccount implements AutoCloseable {

  private final JsonCalls json;
  private final QueryCalls monitoring;
  private final LambdaClient lambda;
  private final EventBridgeClient events;
  private final SchedulerClient scheduler;
  private final SqsClient sqs;
  private final S3Client s3;
  private final IamClient iam;
  private final CloudWatchLogsClient logs;

  /** Creates clients for all services at one endpoint. */
  public EmulatedAccount(URI endpoint, String region) {
    json = new JsonCalls(endpoint, region);
    monitoring = new QueryCalls(endpoint, region, "monitoring", "2010-08-01");
    lambda = client(LambdaClient.builder(), endpoint, region).build();
    events = client(EventBridgeClient.builder(), endpoint, region).build();
    scheduler = client(SchedulerClient.builder(), endpoint, region).build();
    sqs = client(SqsClient.builder(), endpoint, region).build();
    s3 = client(S3Client.builder().forcePathStyle(true), endpoint, region).build();
    iam = client(IamClient.builder(), endpoint, region).build();
    logs = client(CloudWatchLogsClient.builder(), endpoint, region).build();
  }

  private static <B extends AwsClientBuilder<B, ?>> B client(B b, URI endpoint, String region) {
    return b.endpointOverride(endpoint)
        .region(Region.of(region))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("emulator", "emulator")));
  }

  /**
   * The variables of the function version behind the alias {@code live}; empty if there is no
   * function.
   */
  Map<String, String> functionEnvironment() {
    return lambda.listFunctionsPaginator().functions().stream()
        .map(FunctionConfiguration::functionName)
        .findFirst()
        .map(
            name ->
                lambda
                    .getFunctionConfiguration(
                        f ->
                            f.functionName(name)
                                .qualifier(
                                    lambda
                                        .getAlias(a -> a.functionName(name).name("live"))
                                        .functionVersion()))
                    .environment()
                    .variables())
        .orElse(Map.of());
  }

  /** The IAM client. */
  public IamClient iam() {
    return iam;
  }

  /** The resources of the kinds that a deployment creates, each as {@code kind name}. */
  public SortedSet<String> inventory() {
    SortedSet<String> all = new TreeSet<>();
    add(
        all,
        "stream",
        items("kinesis", "Kinesis_20131202.ListStreams", "StreamNames"),
        JsonElement::getAsString);
    add(
        all,
        "function",
        lambda.listFunctionsPaginator().functions().stream(),
        function -> function.functionName());
    add(
        all,
        "event source mapping",
        lambda.listEventSourceMappingsPaginator().eventSourceMappings().stream(),
        mapping -> mapping.functionArn());
    add(all, "rule", events.listRules(every -> {}).rules().stream(), rule -> rule.name());
    add(
        all,
        "schedule",
        scheduler.listSchedulesPaginator(every -> {}).schedules().stream(),
        schedule -> schedule.groupName() + "/" + schedule.name());
    add(
        all,
        "schedule group",
        scheduler.listScheduleGroupsPaginator(every -> {}).scheduleGroups().stream()
            .filter(group -> !group.name().equals("default")),
        group -> group.name());
    add(all, "queue", sqs.listQueuesPaginator().queueUrls().stream(), url -> lastPart(url));
    add(all, "bucket", s3.listBuckets().buckets().stream(), bucket -> bucket.name());
    add(all, "role", iam.listRolesPaginator().roles().stream(), role -> role.roleName());
    add(
        all,
        "policy",
        iam.listPoliciesPaginator(to -> to.scope(PolicyScopeType.LOCAL)).policies().stream(),
        policy -> policy.policyName());
    add(
        all,
        "log group",
        logs.describeLogGroupsPaginator().logGroups().stream(),
        group -> group.logGroupName());
    add(all, "alarm", monitoring.names("DescribeAlarms", "AlarmName"), name -> name);
    add(all, "dashboard", monitoring.names("ListDashboards", "DashboardName"), name -> name);
    return all;
  }

  private Stream<JsonElement> items(String service, String operation, String list) {
    return json.call(service, operation).getAsJsonArray(list).asList().stream();
  }

  private static String lastPart(String url) {
    return url.substring(url.lastIndexOf('/') + 1);
  }

  private static <T> void add(
      SortedSet<String> all, String kind, Stream<T> things, Function<T, String> name) {
    things.map(name).forEach(found -> all.add(kind + " " + found));
  }

  @Override
  public void close() {
    Stream.<AutoCloseable>of(lambda, events, scheduler, sqs, s3, iam, logs)
        .forEach(EmulatedAccount::end);
  }

  private static void end(AutoCloseable client) {
    try {
      client.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
