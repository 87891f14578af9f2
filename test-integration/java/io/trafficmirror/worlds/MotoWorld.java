package io.trafficmirror.worlds;

import com.google.gson.JsonObject;
import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.harness.AwsEvent;
import io.trafficmirror.terraform.Emulated;
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
 * {@code terraform apply} onto moto's server, which keeps everything and does nothing; a {@link
 * Pump} does the rest with what was applied. EC2 and the stream are embedded AWS's, S3 is moto's,
 * and between them and the function stands a {@link RoleGate} that lets through what the applied
 * role allows.
 */
final class MotoWorld implements World {

  /** What needs more invocations than this will not succeed. */
  private static final int MOST_INVOCATIONS = 30;

  private final MotoServer moto;
  private final Path folder;
  private final TerraformDeployment terraform;
  private final Clients clients;
  private final Clients embeddedClients;
  private final EmbeddedAws aws;
  private final RoleGate gate;
  private final Pump pump;

  /** How far the clock of embedded AWS is ahead: nobody waits for a batching window. */
  private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

  private MotoWorld(TerraformTools tools, Path folder, MotoServer moto) {
    this.folder = folder;
    this.moto = moto;
    this.terraform =
        new TerraformDeployment("moto", tools, folder, moto.environment(), "arm64", Map.of());
    this.aws = EmbeddedAws.start(EmbeddedOptions.defaults().withClock(this::now));
    this.embeddedClients = Clients.at(service -> aws.endpoint(), aws.region());
    this.clients = Clients.at(this::endpoint, aws.region());
    this.gate =
        RoleGate.start(
            Map.of("ec2", aws.endpoint(), "kinesis", aws.endpoint(), "s3", moto.endpoint()));
    this.pump = new Pump(aws, clients, embeddedClients.events(), folder);
  }

  /** Starts everything but the deployment. */
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
    Deployed there = new Applied(clients).deployed(terraform.outputs());
    String role = new Applied(clients).function(there.function().orElseThrow()).role();
    try (Emulated emulated = new Emulated(moto.endpoint(), aws.region())) {
      gate.allow(
          RolePermissions.of(emulated.iam())
              .getOrDefault(role.substring(role.lastIndexOf('/') + 1), List.of()));
    }
    pump.connect(
        there, shards(there.stream()), Map.of("AWS_ENDPOINT_URL", gate.endpoint().toString()));
    return there;
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
    try (Emulated emulated = new Emulated(moto.endpoint(), aws.region())) {
      return emulated.inventory();
    }
  }

  @Override
  public void emit(AwsEvent event) {
    aws.eventBridge().putAwsEvent(event.envelope(aws.account(), aws.region(), now()));
  }

  @Override
  public boolean until(BooleanSupplier seen) {
    int invocations = 0;
    while (!seen.getAsBoolean()) {
      if (pump.idle() || pump.failsAlways() || invocations > MOST_INVOCATIONS) {
        return seen.getAsBoolean();
      }
      int now = pump.step();
      invocations += now;
      if (now == 0) {
        ahead.updateAndGet(before -> before.plusSeconds(1));
      }
    }
    return true;
  }

  @Override
  public void settle() {
    until(() -> false);
  }

  @Override
  public Instant now() {
    return Instant.now().plus(ahead.get());
  }

  @Override
  public String log() {
    return pump.log();
  }

  @Override
  public Optional<EmbeddedAws> embedded() {
    return Optional.of(aws);
  }

  @Override
  public Optional<String> leavesOut(Claim claim) {
    return switch (claim) {
      case THE_SCHEDULE_FIRES -> Optional.of("moto keeps schedules and fires none");
      case THE_FUNCTION_IS_CONFIGURED, TROUBLE_IS_RETRIED -> Optional.empty();
    };
  }

  @Override
  public void close() {
    pump.close();
    gate.close();
    clients.close();
    embeddedClients.close();
    aws.close();
    moto.close();
    Folders.delete(folder);
  }
}
