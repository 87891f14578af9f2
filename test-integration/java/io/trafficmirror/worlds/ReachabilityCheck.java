package io.trafficmirror.worlds;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.KinesisEventJson;
import io.trafficmirror.embedded.StoredRecord;
import io.trafficmirror.harness.AwsEvent;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Checks whether a deployed function reaches embedded EC2, by invoking it once with an old event
 * about an unknown instance, which is looked up and then discarded.
 *
 * @param lambda the Lambda client
 * @param aws embedded AWS, which counts the calls
 * @param advertised the address of embedded EC2 for the function
 */
record ReachabilityCheck(LambdaClient lambda, EmbeddedAws aws, URI advertised) {

  private static final String UNKNOWN_INSTANCE = "i-0c0ffee0c0ffee0ff";

  /**
   * Invokes the function and checks that it calls embedded EC2.
   *
   * @param log supplies the function's log
   * @throws AssertionError if it does not; the message says what to do
   */
  void check(String function, String account, Supplier<String> log) {
    int before = calls();
    InvokeResponse answer = answer(function, account);
    if (calls() == before) {
      throw new AssertionError(
          """
          The function %s does not reach embedded EC2 at %s: it was invoked but made no call there.
          If functions run in containers, set the address on which embedded EC2 listens and the \
          address at which the function reaches it: -D%s=0.0.0.0:0 -D%s=http://HOST, where HOST is \
          this machine as seen from a container, for example 172.17.0.1 or host.docker.internal.
          If the log says that the function cannot read its policy, it does not reach S3: see \
          docs/WORLDS.md.
          It returned %s%s
          Its log ends with:
          %s\
          """
              .formatted(
                  function,
                  advertised,
                  EmulatorOptions.BIND,
                  EmulatorOptions.ADVERTISED,
                  answer.functionError() == null
                      ? ""
                      : "an error (" + answer.functionError() + "): ",
                  answer.payload() == null ? "nothing" : answer.payload().asUtf8String(),
                  last(log.get())));
    }
  }

  private InvokeResponse answer(String function, String account) {
    try {
      return lambda.invoke(
          call ->
              call.functionName(function)
                  .qualifier("live")
                  .payload(SdkBytes.fromByteArray(event(function, account))));
    } catch (SdkException refused) {
      throw new AssertionError(
          """
          The function %s cannot be invoked, so it is unknown whether it reaches embedded EC2. \
          Check whether the emulator can run functions at all (LocalStack: Docker's socket, the \
          runtime's image, LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT). The emulator's error: %s\
          """
              .formatted(function, refused.getMessage()),
          refused);
    }
  }

  private int calls() {
    return aws.calls().byAction("ec2").getOrDefault("DescribeInstances", 0);
  }

  private byte[] event(String function, String account) {
    Instant old = Instant.now().minus(Duration.ofHours(2));
    String region = TerraformDeployment.REGION;
    String data =
        AwsEvent.stateChange(UNKNOWN_INSTANCE, "running", account, region)
            .envelope(account, region, old);
    String arn = "arn:aws:kinesis:%s:%s:stream/%s".formatted(region, account, function);
    return new KinesisEventJson(arn, region, account)
        .of(
            List.of(
                new StoredRecord(
                    "shardId-000000000000",
                    "1",
                    UNKNOWN_INSTANCE,
                    old,
                    data.getBytes(StandardCharsets.UTF_8))));
  }

  private static String last(String log) {
    return log.substring(Math.max(0, log.length() - 3_000));
  }
}
