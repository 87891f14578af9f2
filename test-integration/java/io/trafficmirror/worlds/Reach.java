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
 * Whether a deployed function reaches embedded EC2, asked by calling it once: with an old event
 * about an instance that there never was, which is looked at and then let go.
 *
 * @param lambda what invokes it
 * @param aws which knows whether it was called
 * @param advertised where the function was told to find embedded EC2
 */
record Reach(LambdaClient lambda, EmbeddedAws aws, URI advertised) {

  private static final String NOBODY = "i-0c0ffee0c0ffee0ff";

  /**
   * Asks.
   *
   * @param log what the function has said
   * @throws AssertionError where it does not reach it, with what to do
   */
  void check(String function, String account, Supplier<String> log) {
    int before = calls();
    InvokeResponse answer = answer(function, account);
    if (calls() == before) {
      throw new AssertionError(
          """
          The function %s does not reach embedded EC2 at %s: it was called and asked nothing there.
          Where functions run in containers, say where embedded EC2 shall listen and under which \
          address the function finds it: -D%s=0.0.0.0:0 -D%s=http://HOST, with HOST this machine \
          as seen from a container, 172.17.0.1 or host.docker.internal for example.
          Where its log says that it cannot read its policy, it is S3 that it does not reach: \
          docs/WORLDS.md says what helps.
          It answered %s%s
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
          The function %s cannot be called, so it is not known whether it reaches embedded EC2. \
          Look whether the emulator can run functions at all (LocalStack: Docker's socket, the \
          runtime's image, LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT). The emulator says: %s\
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
        AwsEvent.stateChange(NOBODY, "running", account, region).envelope(account, region, old);
    String arn = "arn:aws:kinesis:%s:%s:stream/%s".formatted(region, account, function);
    return new KinesisEventJson(arn, region, account)
        .of(
            List.of(
                new StoredRecord(
                    "shardId-000000000000",
                    "1",
                    NOBODY,
                    old,
                    data.getBytes(StandardCharsets.UTF_8))));
  }

  private static String last(String log) {
    return log.substring(Math.max(0, log.length() - 3_000));
  }
}
