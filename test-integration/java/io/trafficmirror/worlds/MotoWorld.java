package io.trafficmirror.worlds;

import com.google.gson.JsonObject;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.harness.AwsEvent;
import io.trafficmirror.terraform.EmulatedAccount;
import io.trafficmirror.terraform.Folders;
import io.trafficmirror.terraform.JsonCalls;
import io.trafficmirror.terraform.MotoServer;
import io.trafficmirror.terraform.RolePermissions;
import io.trafficmirror.terraform.TerraformTools;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * {@code terraform apply} to moto's server, which stores resources but does not connect them; a
 * {@link DeploymentDriver} does so with the applied configuration. EC2 and the stream are embedded
 * AWS's, S3 is moto's, and a {@link IamProxy} between them and the function enforces the applied
 * role.
 */
final class MotoWorld implements World {

  /** The limit of invocations for one condition. */
  private static final int MAX_INVOCATIONS = 30;

  private final MotoServer moto;
  private final Path folder;
  private final TerraformDeployment terraform;
  private final Clients clients;
  private final Clients embeddedClients;
  private final EmbeddedAws aws;
  private final IamProxy proxy;
  private final DeploymentDriver driver;

  /** How far the clock of embedded AWS is ahead, which replaces waiting for batching windows. */
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  private MotoWorld(TerraformTools tools, Path folder, MotoServer moto) {
    this.folder = folder;
    this.moto = moto;
    this.terraform =
        new TerraformDeployment("moto", tools, folder, moto.environment(), "arm64", Map.of());
    this.aws = EmbeddedAws.start(EmbeddedOptions.defaults().withClock(this::now));
    this.embeddedClients = Clients.at(service -> aws.endpoint(), aws.region());
    this.clients = Clients.at(this::endpoint, aws.region());
    this.proxy =
        IamProxy.start(
            Map.of("ec2", aws.endpoint(), "kinesis", aws.endpoint(), "s3", moto.endpoint()));
    this.driver = new DeploymentDriver(aws, clients, embeddedClients.events(), folder);
  }

  /** Starts everything except the deployment. */
  static MotoWorld open(TerraformTools tools) {
    Path folder = Folders.temporary();
    return new MotoWorld(tools, folder, MotoServer.start(tools, folder.resolve("moto.log")));
  }

  private URI endpoint(String service) {
    return switch (service) {
      case "EC2", "KINESIS" -> aws.endpoint();
      default -> moto.endpoint();
    };
  }

  @Override
  public Clients clients() {
    return clients;
  }

  @Override
  public String account() {
    return aws.account();
  }

  @Override
  public Deployed deploy(Setup setup, String policy) {
    terraform.apply(setup, policy);
    Deployed deployed = new AppliedConfiguration(clients).deployed(terraform.outputs());
    String role =
        new AppliedConfiguration(clients).function(deployed.function().orElseThrow()).role();
    try (EmulatedAccount emulated = new EmulatedAccount(moto.endpoint(), aws.region())) {
      proxy.allow(
          RolePermissions.of(emulated.iam())
              .getOrDefault(role.substring(role.lastIndexOf('/') + 1), List.of()));
    }
    driver.connect(
        deployed,
        shards(deployed.stream()),
        Map.of("AWS_ENDPOINT_URL", proxy.endpoint().toString()));
    return deployed;
  }

  private int shards(String stream) {
    JsonObject arguments = new JsonObject();
    arguments.addProperty("StreamName", stream);
    return new JsonCalls(moto.endpoint(), aws.region())
        .call("kinesis", "Kinesis_20131202.DescribeStreamSummary", arguments)
        .getAsJsonObject("StreamDescriptionSummary")
        .get("OpenShardCount")
        .getAsInt();
  }

  @Override
  public void destroy() {
    terraform.destroy();
  }

  @Override
  public SortedSet<String> inventory() {
    try (EmulatedAccount emulated = new EmulatedAccount(moto.endpoint(), aws.region())) {
      return emulated.inventory();
    }
  }

  @Override
  public void emit(AwsEvent event) {
    aws.eventBridge().putAwsEvent(event.envelope(aws.account(), aws.region(), now()));
  }

  @Override
  public boolean waitUntil(BooleanSupplier seen) {
    int invocations = 0;
    while (!seen.getAsBoolean()) {
      if (driver.idle() || driver.failsRepeatedly() || invocations > MAX_INVOCATIONS) {
        return seen.getAsBoolean();
      }
      int now = driver.step();
      invocations += now;
      if (now == 0) {
        ahead.updateAndGet(before -> before.plusSeconds(1));
      }
    }
    return true;
  }

  @Override
  public void waitUntilIdle() {
    waitUntil(() -> false);
  }

  @Override
  public Instant now() {
    return Instant.now().plus(ahead.get());
  }

  @Override
  public String log() {
    return driver.log();
  }

  @Override
  public Optional<EmbeddedAws> embedded() {
    return Optional.of(aws);
  }

  @Override
  public Optional<String> unsupportedReason(Capability capability) {
    return switch (capability) {
      case SCHEDULER -> Optional.of("moto stores schedules but does not fire them");
      case LAMBDA_FUNCTION, EC2_FAULTS -> Optional.empty();
    };
  }

  @Override
  public void close() {
    driver.close();
    proxy.close();
    clients.close();
    embeddedClients.close();
    aws.close();
    moto.close();
    Folders.delete(folder);
  }
}
