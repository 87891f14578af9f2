package io.trafficmirror.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Vpc;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

final class EmbeddedAwsTest {

  private final EmbeddedAws aws = EmbeddedAws.start(EmbeddedOptions.defaults());
  private final KinesisClient overHttp = Clients.overHttp(aws, KinesisClient.builder());
  private final KinesisClient inProcess = Clients.inProcess(aws, KinesisClient.builder());

  EmbeddedAwsTest() {
    aws.kinesis().createStream("s", 1);
  }

  @AfterEach
  void close() {
    overHttp.close();
    aws.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aLostResponseLeavesTheEffectOnce(boolean http) {
    aws.faults().loseAnswer("kinesis", "PutRecord", 1);

    assertThatThrownBy(() -> put(client(http)))
        .isInstanceOf(SdkClientException.class)
        .hasRootCauseInstanceOf(IOException.class);
    assertThat(aws.kinesis().records("s")).hasSize(1);
    assertThat(aws.calls().byActionAndResult("kinesis"))
        .isEqualTo(Map.of("PutRecord", Map.of("ok", 1)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCutConnectionHasNoEffect(boolean http) {
    aws.faults().cut("kinesis", "PutRecord", 1);

    assertThatThrownBy(() -> put(client(http)))
        .isInstanceOf(SdkClientException.class)
        .hasRootCauseInstanceOf(IOException.class);
    assertThat(aws.kinesis().records("s")).isEmpty();
    put(client(http));
    assertThat(aws.calls().byActionAndResult("kinesis"))
        .isEqualTo(Map.of("PutRecord", Map.of("cut", 1, "ok", 1)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void injectsErrorsInTheServicesFormatForTheGivenNumberOfCalls(boolean http) {
    aws.faults().refuse("kinesis", "*", 2, 503, "ServiceUnavailable");
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> put(client(http)))
          .isInstanceOfSatisfying(
              KinesisException.class,
              refused -> {
                assertThat(refused.statusCode()).isEqualTo(503);
                assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("ServiceUnavailable");
              });
    }
    put(client(http));

    assertThat(aws.kinesis().records("s")).hasSize(1);
    assertThat(aws.calls().byActionAndResult("kinesis"))
        .isEqualTo(Map.of("PutRecord", Map.of("ServiceUnavailable", 2, "ok", 1)));
    assertThat(aws.calls().refusedAsUnsupported()).isEmpty();
  }

  @Test
  void appliesRulesInOrderAndOnlyToTheirAction() {
    aws.faults()
        .refuse("kinesis", "GetRecords", 9, 400, "WrongAction")
        .refuse("ec2", "*", 9, 400, "WrongService")
        .refuse("kinesis", "PutRecord", 1, 400, "First")
        .refuse("kinesis", "*", Integer.MAX_VALUE, 400, "Second");

    assertThatThrownBy(() -> put(inProcess)).hasMessageContaining("First");
    assertThatThrownBy(() -> put(inProcess)).hasMessageContaining("Second");
    assertThatThrownBy(() -> put(inProcess)).hasMessageContaining("Second");
    aws.faults().clear();
    put(inProcess);
  }

  @Test
  void callsTheHookBeforeAndAfterEachEffect() {
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    aws.onCall(
        new CallHook() {
          @Override
          public void beforeEffect(String signingName, String action) {
            seen.add("before " + signingName + " " + action + " " + size());
          }

          @Override
          public void afterEffect(String signingName, String action, int status) {
            seen.add("after " + status + " " + size());
          }
        });
    put(overHttp);
    put(inProcess);

    assertThat(seen)
        .containsExactly(
            "before kinesis PutRecord 0",
            "after 200 1",
            "before kinesis PutRecord 1",
            "after 200 2");
  }

  @Test
  void theInProcessClientThrowsAnErrorOfTheHookUnchanged() {
    aws.onCall(afterEffect(() -> crash("played")));

    assertThatThrownBy(() -> put(inProcess)).isInstanceOf(Error.class).hasMessage("played");
    assertThat(aws.kinesis().records("s")).hasSize(1);
  }

  @Test
  void anErrorOfTheHookClosesTheHttpConnection() {
    aws.onCall(afterEffect(() -> crash("played")));

    assertThatThrownBy(() -> put(overHttp)).isInstanceOf(SdkClientException.class);
    assertThat(aws.kinesis().records("s")).hasSize(1);
    aws.onCall(CallHook.NONE);
    put(overHttp);
  }

  @Test
  void countsCallsUntilTheLogIsReset() {
    put(inProcess);
    put(overHttp);

    assertThat(aws.calls().byAction("kinesis")).isEqualTo(Map.of("PutRecord", 2));
    assertThat(aws.calls().byAction("s3")).isEmpty();
    aws.calls().reset();
    assertThat(aws.calls().byAction("kinesis")).isEmpty();
  }

  @Test
  void losesNoConcurrentCalls() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> puts = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        KinesisClient client = client(i % 2 == 0);
        puts.add(threads.submit(() -> put(client)));
      }
      for (Future<?> each : puts) {
        each.get();
      }
    }
    assertThat(aws.kinesis().records("s"))
        .hasSize(200)
        .extracting(StoredRecord::sequenceNumber)
        .doesNotHaveDuplicates();
    assertThat(aws.calls().byAction("kinesis")).isEqualTo(Map.of("PutRecord", 200));
  }

  @Test
  void servesEc2OverHttpAndInProcess() {
    aws.ec2().putVpc("vpc-0123456789abcdef0", "10.0.0.0/16");
    aws.faults().refuse("ec2", "DescribeVpcs", 2, 503, "RequestLimitExceeded");
    try (Ec2Client http = Clients.overHttp(aws, Ec2Client.builder())) {
      for (Ec2Client client : List.of(http, Clients.inProcess(aws, Ec2Client.builder()))) {
        assertThatThrownBy(client::describeVpcs)
            .isInstanceOfSatisfying(
                Ec2Exception.class,
                refused ->
                    assertThat(refused.awsErrorDetails().errorCode())
                        .isEqualTo("RequestLimitExceeded"));
      }
      assertThat(http.describeVpcs().vpcs())
          .extracting(Vpc::vpcId)
          .containsExactly("vpc-0123456789abcdef0");
    }
    assertThat(aws.calls().byActionAndResult("ec2"))
        .isEqualTo(Map.of("DescribeVpcs", Map.of("RequestLimitExceeded", 2, "ok", 1)));
    assertThat(aws.calls().refusedAsUnsupported()).isEmpty();
  }

  @Test
  void reportsAnUnsupportedService() throws Exception {
    assertThat(send("sqs").statusCode()).isEqualTo(501);
    assertThat(aws.calls().refusedAsUnsupported()).containsExactly("sqs: GET /x");
  }

  @Test
  void hasNoEndpointWithoutASocket() {
    try (EmbeddedAws silent = EmbeddedAws.inProcess(EmbeddedOptions.defaults())) {
      assertThatThrownBy(silent::endpoint).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void stopsListeningWhenClosed() {
    aws.close();

    assertThatThrownBy(() -> send("kinesis")).isInstanceOf(ConnectException.class);
  }

  private HttpResponse<String> send(String service) throws IOException, InterruptedException {
    String scope = "AWS4-HMAC-SHA256 Credential=A/20260101/us-east-1/" + service + "/aws4_request";
    HttpRequest request =
        HttpRequest.newBuilder(aws.endpoint().resolve("/x")).header("Authorization", scope).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(request, BodyHandlers.ofString());
    }
  }

  private KinesisClient client(boolean http) {
    return http ? overHttp : inProcess;
  }

  private int size() {
    return aws.kinesis().records("s").size();
  }

  private static void put(KinesisClient client) {
    client.putRecord(r -> r.streamName("s").partitionKey("k").data(SdkBytes.fromUtf8String("x")));
  }

  private static void crash(String message) {
    throw new Error(message);
  }

  private static CallHook afterEffect(Runnable what) {
    return new CallHook() {
      @Override
      public void beforeEffect(String signingName, String action) {}

      @Override
      public void afterEffect(String signingName, String action, int status) {
        what.run();
      }
    };
  }
}
