package io.trafficmirror.worlds;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.harness.AwsEvent;
import io.trafficmirror.terraform.EmulatedAccount;
import io.trafficmirror.terraform.Folders;
import io.trafficmirror.terraform.TerraformTools;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * {@code terraform apply} to an emulator that runs functions. All services are the emulator's,
 * except EC2 if the emulator has no traffic mirroring; it is then embedded EC2 in this process.
 */
final class EmulatorWorld implements World {

  private final String name;
  private final EmulatorOptions options;
  private final Path folder;
  private final Optional<EmbeddedAws> embedded;
  private final Clients clients;
  private final TerraformDeployment terraform;
  private final Runnable onClose;
  private Optional<Deployed> current = Optional.empty();
  private boolean isDeployed;

  /**
   * Prepares the world without deploying anything.
   *
   * @param name the name of the world
   * @param onClose stops what was started for the world
   */
  EmulatorWorld(String name, EmulatorOptions options, TerraformTools tools, Runnable onClose) {
    this.name = name;
    this.options = options;
    this.onClose = onClose;
    this.folder = Folders.temporary();
    this.embedded =
        options.mirroring()
            ? Optional.empty()
            : Optional.of(EmbeddedAws.start(EmbeddedOptions.defaults(), options.bind()));
    this.clients = Clients.at(this::endpoint, TerraformDeployment.REGION);
    this.terraform =
        new TerraformDeployment(
            name,
            tools,
            folder,
            Map.of(
                "AWS_ENDPOINT_URL", options.endpoint().toString(),
                "AWS_ACCESS_KEY_ID", Clients.ACCESS_KEY,
                "AWS_SECRET_ACCESS_KEY", Clients.ACCESS_KEY),
            options.architecture(),
            functionEnvironment());
  }

  private Map<String, String> functionEnvironment() {
    Map<String, String> all = new TreeMap<>(options.functionEnvironment());
    embedded.ifPresent(aws -> all.put("AWS_ENDPOINT_URL_EC2", advertised(aws).toString()));
    return all;
  }

  private URI advertised(EmbeddedAws aws) {
    return options.advertisedWith(aws.endpoint().getPort());
  }

  private URI endpoint(String service) {
    return service.equals("EC2")
        ? embedded.map(EmbeddedAws::endpoint).orElse(options.endpoint())
        : options.endpoint();
  }

  @Override
  public Clients clients() {
    return clients;
  }

  /** The emulator's account, from the ARN of the function. */
  @Override
  public String account() {
    String function = current.flatMap(Deployed::function).orElseThrow();
    return clients
        .lambda()
        .getFunctionConfiguration(request -> request.functionName(function))
        .functionArn()
        .split(":", -1)[4];
  }

  @Override
  public Deployed deploy(Setup setup, String policy) {
    isDeployed = true;
    terraform.apply(setup, policy);
    Deployed deployed = new AppliedConfiguration(clients).deployed(terraform.outputs());
    boolean first = current.isEmpty();
    current = Optional.of(deployed);
    String function = deployed.function().orElseThrow();
    clients
        .lambda()
        .waiter()
        .waitUntilFunctionActiveV2(request -> request.functionName(function).qualifier("live"));
    if (first && embedded.isPresent()) {
      new ReachabilityCheck(clients.lambda(), embedded.get(), advertised(embedded.get()))
          .check(function, account(), this::log);
    }
    return deployed;
  }

  @Override
  public void destroy() {
    terraform.destroy();
    isDeployed = false;
    current = Optional.empty();
  }

  @Override
  public SortedSet<String> inventory() {
    try (EmulatedAccount emulated = new EmulatedAccount(options.endpoint(), clients.region())) {
      return emulated.inventory();
    }
  }

  @Override
  public void emit(AwsEvent event) {
    PutEventsResponse answer =
        clients
            .events()
            .putEvents(
                put ->
                    put.entries(
                        PutEventsRequestEntry.builder()
                            .source(event.source())
                            .detailType(event.detailType())
                            .detail(event.detail())
                            .resources(event.resources())
                            .time(now())
                            .build()));
    if (answer.failedEntryCount() > 0) {
      throw new AssertionError(
          name + " rejects an event of " + event.source() + ": " + answer.entries());
    }
  }

  @Override
  public boolean waitUntil(BooleanSupplier seen) {
    return Polling.FOR_EMULATOR.waitUntil(seen);
  }

  /**
   * Does nothing, because an emulator does not expose this; the scenarios wait for a later record
   * instead.
   */
  @Override
  public void waitUntilIdle() {}

  @Override
  public Instant now() {
    return Instant.now();
  }

  /** The log in CloudWatch, if the emulator writes it there. */
  @Override
  public String log() {
    return current
        .flatMap(Deployed::function)
        .map(function -> new FunctionLog(options.endpoint(), clients.region(), function).read())
        .orElse("");
  }

  @Override
  public Optional<EmbeddedAws> embedded() {
    return embedded;
  }

  @Override
  public Optional<String> unsupportedReason(Capability capability) {
    return switch (capability) {
      case LAMBDA_FUNCTION -> Optional.empty();
      case SCHEDULER ->
          Optional.of(
              "LocalStack stores schedules but does not fire them; other emulators are unknown");
      case EC2_FAULTS ->
          embedded.isPresent()
              ? Optional.empty()
              : Optional.of("the emulator's own EC2 cannot inject errors");
    };
  }

  /** Removes the deployment from the emulator, also after a failed scenario. */
  @Override
  public void close() {
    try {
      if (isDeployed) {
        terraform.destroy();
      }
    } finally {
      clients.close();
      embedded.ifPresent(EmbeddedAws::close);
      Folders.delete(folder);
      onClose.run();
    }
  }
}
