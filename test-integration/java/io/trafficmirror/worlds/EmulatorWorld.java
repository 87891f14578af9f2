package io.trafficmirror.worlds;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.embedded.EmbeddedOptions;
import io.trafficmirror.harness.AwsEvent;
import io.trafficmirror.terraform.Emulated;
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
 * {@code terraform apply} onto an emulator that runs functions. Everything is the emulator's, but
 * for EC2 where it has no traffic mirroring: that is embedded AWS's, in this process.
 */
final class EmulatorWorld implements World {

  private final String name;
  private final EmulatorOptions options;
  private final Path folder;
  private final Optional<EmbeddedAws> embedded;
  private final Clients clients;
  private final TerraformDeployment terraform;
  private final Runnable afterwards;
  private Optional<Deployed> there = Optional.empty();
  private boolean somethingIsDeployed;

  /**
   * Prepares it; nothing is deployed yet.
   *
   * @param name what the world is called
   * @param afterwards ends what was started for it
   */
  EmulatorWorld(String name, EmulatorOptions options, TerraformTools tools, Runnable afterwards) {
    this.name = name;
    this.options = options;
    this.afterwards = afterwards;
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

  /** That of the function, which is the emulator's own. */
  @Override
  public String account() {
    String function = there.flatMap(Deployed::function).orElseThrow();
    return clients
        .lambda()
        .getFunctionConfiguration(ask -> ask.functionName(function))
        .functionArn()
        .split(":", -1)[4];
  }

  @Override
  public Deployed deploy(Setup setup, String policy) {
    somethingIsDeployed = true;
    terraform.apply(setup, policy);
    Deployed deployed = new Applied(clients).deployed(terraform.outputs());
    boolean first = there.isEmpty();
    there = Optional.of(deployed);
    String function = deployed.function().orElseThrow();
    clients
        .lambda()
        .waiter()
        .waitUntilFunctionActiveV2(ask -> ask.functionName(function).qualifier("live"));
    if (first && embedded.isPresent()) {
      new Reach(clients.lambda(), embedded.get(), advertised(embedded.get()))
          .check(function, account(), this::log);
    }
    return deployed;
  }

  @Override
  public void destroy() {
    terraform.destroy();
    somethingIsDeployed = false;
    there = Optional.empty();
  }

  @Override
  public SortedSet<String> inventory() {
    try (Emulated emulated = new Emulated(options.endpoint(), clients.region())) {
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
          name + " does not take an event of " + event.source() + ": " + answer.entries());
    }
  }

  @Override
  public boolean until(BooleanSupplier seen) {
    return Looking.AT_AN_EMULATOR.until(seen);
  }

  /** Nobody can tell here; the scenarios put a record after those that matter. */
  @Override
  public void settle() {}

  @Override
  public Instant now() {
    return Instant.now();
  }

  /** As CloudWatch has it, where the emulator puts it there. */
  @Override
  public String log() {
    return there
        .flatMap(Deployed::function)
        .map(function -> new FunctionLog(options.endpoint(), clients.region(), function).read())
        .orElse("");
  }

  @Override
  public Optional<EmbeddedAws> embedded() {
    return embedded;
  }

  @Override
  public Optional<String> leavesOut(Claim claim) {
    return switch (claim) {
      case THE_FUNCTION_IS_CONFIGURED -> Optional.empty();
      case THE_SCHEDULE_FIRES ->
          Optional.of(
              "LocalStack keeps schedules and fires none, and of another emulator nothing is"
                  + " known");
      case TROUBLE_IS_RETRIED ->
          embedded.isPresent()
              ? Optional.empty()
              : Optional.of("the emulator's own EC2 cannot be told to refuse calls");
    };
  }

  /** Leaves the emulator as it was, also where a scenario has failed. */
  @Override
  public void close() {
    try {
      if (somethingIsDeployed) {
        terraform.destroy();
      }
    } finally {
      clients.close();
      embedded.ifPresent(EmbeddedAws::close);
      Folders.delete(folder);
      afterwards.run();
    }
  }
}
