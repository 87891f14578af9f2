package io.trafficmirror.aws;

import io.trafficmirror.port.CallMeter;
import io.trafficmirror.port.Cloud;
import io.trafficmirror.port.Ec2Reads;
import io.trafficmirror.port.Ec2Writes;
import io.trafficmirror.port.FailureStore;
import io.trafficmirror.port.PolicySource;
import io.trafficmirror.port.StreamWriter;
import io.trafficmirror.port.Time;
import java.nio.file.Path;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;

/** The AWS implementation of the ports, with the SDK. */
public final class AwsCloud implements Cloud, AutoCloseable {

  private final AwsClients clients;
  private final Time time;

  private AwsCloud(AwsClients clients, Time time) {
    this.clients = clients;
    this.time = time;
  }

  /**
   * Creates the clients for the network with the SDK's standard settings.
   *
   * @param meter notified of every request
   * @param time the clock for pauses between attempts
   * @throws AwsSettingsException if those settings cannot be used, for example without a Region
   */
  public static AwsCloud open(CallMeter meter, Time time) {
    return new AwsCloud(AwsClients.create(meter), time);
  }

  /**
   * Like {@link #open}, but with the caller's HTTP client.
   *
   * @param http sends every request
   */
  public static AwsCloud over(SdkHttpClient http, CallMeter meter, Time time) {
    return new AwsCloud(AwsClients.over(http, meter, time), time);
  }

  @Override
  public Ec2Reads ec2Reads() {
    return new SdkEc2Reads(clients.ec2Reads());
  }

  @Override
  public Ec2Writes ec2Writes() {
    return new SdkEc2Writes(clients.ec2Writes());
  }

  @Override
  public StreamWriter stream() {
    return new KinesisStreamWriter(clients::kinesis, time);
  }

  @Override
  public FailureStore failureStore(String bucket) {
    return new S3FailureStore(clients.s3(), bucket);
  }

  @Override
  public PolicySource policyInS3(String bucket, String key, Optional<String> version) {
    return new S3PolicySource(clients.s3(), bucket, key, version);
  }

  @Override
  public PolicySource policyInFile(String path) {
    return new FilePolicySource(Path.of(path));
  }

  @Override
  public void beforeSnapshot() {
    clients.beforeSnapshot();
  }

  @Override
  public void afterRestore() {
    clients.afterRestore();
  }

  /**
   * Closes the clients and stops their threads; no call works afterwards. Not needed in Lambda,
   * which ends the whole process. May be repeated.
   */
  @Override
  public void close() {
    clients.close();
  }
}
