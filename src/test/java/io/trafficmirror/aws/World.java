package io.trafficmirror.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.harness.VirtualTime;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkSystemSetting;
import software.amazon.awssdk.regions.Region;

/** The real clients with an in-memory server and a clock that only sleeping advances. */
final class World implements AutoCloseable {
  final FakeHttp http = new FakeHttp();
  final List<String> metered = new ArrayList<>();
  final VirtualTime time = new VirtualTime();
  final AwsClients clients = clientsWithJson();
  final SdkEc2Reads reads = new SdkEc2Reads(clients.ec2Reads());
  final SdkEc2Writes writes = new SdkEc2Writes(clients.ec2Writes());

  Deadline in(Duration left) {
    return new Deadline(time.now().plus(left), time);
  }

  Deadline inAMinute() {
    return in(Duration.ofMinutes(1));
  }

  /**
   * Creates the clients with JSON instead of CBOR for Kinesis, so that recorded responses are
   * readable. The SDK reads the setting when a client is created.
   */
  private AwsClients clientsWithJson() {
    System.setProperty(SdkSystemSetting.CBOR_ENABLED.property(), "false");
    try {
      AwsClients clients =
          AwsClients.over(
              http,
              (service, action, result) -> metered.add(service + " " + action + " " + result),
              client -> {
                client.region(Region.US_EAST_1);
                client.credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")));
              });
      assertThat(clients.kinesis().serviceName()).isEqualTo("kinesis");
      return clients;
    } finally {
      System.clearProperty(SdkSystemSetting.CBOR_ENABLED.property());
    }
  }

  static <T> T got(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Got.class);
    return ((Answer.Got<T>) answer).value();
  }

  static <T> Failure failure(Answer<T> answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return ((Answer.Failed<T>) answer).failure();
  }

  @Override
  public void close() {
    clients.close();
  }
}
