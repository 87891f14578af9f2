package io.trafficmirror.embedded.ec2;

import io.trafficmirror.embedded.InstanceSeed;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Creates and changes instances without API calls. */
public final class InstanceSeeding {

  private final World world;

  InstanceSeeding(World world) {
    this.world = world;
  }

  /** Creates one instance and returns its id. */
  public String put(InstanceSeed seed) {
    String id = seed.id().isEmpty() ? world.ids().next("i") : seed.id();
    Subnet subnet = subnet(id, seed.subnetId());
    State state = state(id, seed.state());
    List<SeedInterface> interfaces = new ArrayList<>();
    for (InstanceSeed.Interface own : seed.interfaces()) {
      Subnet its = own.subnetId().isEmpty() ? subnet : subnet(id, own.subnetId());
      interfaces.add(
          new SeedInterface(
              own.id().isEmpty() ? world.ids().next("eni") : own.id(),
              own.deviceIndex(),
              own.networkCard(),
              Optional.of(its.id()),
              Optional.of(its.vpcId()),
              own.interfaceType(),
              "attached",
              true,
              Optional.empty(),
              List.of()));
    }
    SeedInstance full =
        new SeedInstance(
            id,
            world.ids().next("r"),
            0,
            seed.type(),
            state,
            Optional.empty(),
            Optional.of(subnet.id()),
            Optional.of(subnet.vpcId()),
            subnet.zone(),
            new TreeMap<>(seed.tags()),
            interfaces);
    checkAll(List.of(full));
    put(full);
    return id;
  }

  private Subnet subnet(String instanceId, String id) {
    return world
        .subnets
        .now(id)
        .orElseThrow(
            () -> new IllegalArgumentException("%s: %s does not exist".formatted(instanceId, id)));
  }

  static State state(String instanceId, String name) {
    return State.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: '%s' is not an instance state".formatted(instanceId, name)));
  }

  /** Creates the instances of a file in the output format of {@code aws ec2 describe-instances}. */
  public int load(String json) {
    List<SeedInstance> all = new InventoryFile(world).read(json);
    checkAll(all);
    new MissingNetworks(world).createFor(all);
    all.forEach(this::put);
    return all.size();
  }

  /** Checks everything before anything is created. */
  private void checkAll(List<SeedInstance> all) {
    Set<String> ids = new HashSet<>();
    for (SeedInstance one : all) {
      Seeding.checkNew(
          "i", one.id(), !ids.add(one.id()) || world.instances.now(one.id()).isPresent());
      if (!one.type().matches("[a-z][a-z0-9-]*\\.[a-z0-9-]+")) {
        throw new IllegalArgumentException(
            "%s: '%s' is not an instance type".formatted(one.id(), one.type()));
      }
      Set<String> places = new HashSet<>();
      for (SeedInterface eni : one.interfaces()) {
        try {
          Seeding.checkNew(
              "eni", eni.id(), !ids.add(eni.id()) || world.interfaces.now(eni.id()).isPresent());
        } catch (IllegalArgumentException wrong) {
          throw new IllegalArgumentException(one.id() + ": " + wrong.getMessage(), wrong);
        }
        if (!places.add(eni.networkCard() + "/" + eni.deviceIndex())) {
          throw new IllegalArgumentException(
              "%s: duplicate device index %d".formatted(one.id(), eni.deviceIndex()));
        }
      }
      if (one.state() == State.TERMINATED && !one.interfaces().isEmpty()) {
        throw new IllegalArgumentException(one.id() + ": a terminated instance with interfaces");
      }
    }
  }

  private void put(SeedInstance full) {
    Instant at = world.seedTime();
    Instant now = world.now();
    Optional<String> address = Optional.empty();
    for (SeedInterface own : full.interfaces()) {
      Interface eni = attached(full, own, now);
      world.addInterface(eni, at);
      if (own.deviceIndex() == 0 && own.networkCard() == 0) {
        address = Optional.of(eni.details().address());
      }
    }
    boolean gone = full.state() == State.TERMINATED;
    Instance instance =
        new Instance(
            full.id(),
            full.reservationId(),
            full.index(),
            full.type(),
            Status.settled(full.state(), now),
            gone ? Optional.empty() : full.subnetId(),
            gone ? Optional.empty() : full.vpcId(),
            full.zone(),
            full.tags(),
            Optional.empty(),
            new Instance.Details(full.imageId(), address, now, "", Instance.Settings.defaults()));
    world.instances.put(instance, at);
  }

  private Interface attached(SeedInstance full, SeedInterface own, Instant now) {
    Optional<Subnet> subnet = own.subnetId().flatMap(world.subnets::now);
    return new Interface(
        own.id(),
        own.subnetId(),
        own.vpcId(),
        subnet.map(Subnet::zone).orElse(full.zone()),
        own.type(),
        Optional.of(
            new Interface.Attachment(
                world.ids().next("eni-attach"),
                full.id(),
                own.deviceIndex(),
                own.networkCard(),
                own.status(),
                own.deleteOnTermination(),
                now)),
        new TreeMap<>(),
        new Interface.Details(
            "",
            world.ids().macAddress(),
            own.address().orElseGet(() -> world.nextAddress(subnet)),
            own.groups()));
  }

  /** Sets the state of an instance, with its effects on interfaces and sessions. */
  public void setState(String instanceId, String name) {
    Instance instance = instance(instanceId);
    State state = state(instanceId, name);
    Instant now = world.now();
    boolean gone = instance.status().at(world.current()) == State.TERMINATED;
    if (gone && state != State.TERMINATED) {
      throw new IllegalArgumentException(instanceId + " is terminated, which is final");
    }
    if (state == State.TERMINATED && !gone) {
      world.terminate(instance, Status.settled(state, now), now);
    } else if (!gone) {
      world.instances.put(instance.withStatus(Status.settled(state, now)), now);
    }
  }

  /** Sets a tag of an instance, even with a reserved key. */
  public void setTag(String instanceId, String key, String value) {
    Instance instance = instance(instanceId);
    SortedMap<String, String> tags = new TreeMap<>(instance.tags());
    tags.put(key, value);
    world.instances.put(instance.withTags(tags), world.now());
  }

  /** Removes a tag of an instance, if present. */
  public void removeTag(String instanceId, String key) {
    Instance instance = instance(instanceId);
    SortedMap<String, String> tags = new TreeMap<>(instance.tags());
    tags.remove(key);
    world.instances.put(instance.withTags(tags), world.now());
  }

  /** Removes the instances that have been terminated for longer than that. */
  public void forgetTerminated(Duration longerThan) {
    Instant now = world.now();
    Instant since = now.minus(longerThan);
    world.instances.all().stream()
        .filter(instance -> instance.status().isOverBefore(since))
        .forEach(instance -> world.instances.remove(instance.id(), now));
  }

  private Instance instance(String id) {
    return world
        .instances
        .now(id)
        .orElseThrow(() -> new IllegalArgumentException(id + " does not exist"));
  }

  /** The ids of all instances that DescribeInstances would show without a lag. */
  public List<String> ids() {
    return world.instances.all().stream()
        .filter(instance -> !instance.status().forgotten(world.current()))
        .map(Instance::id)
        .sorted()
        .toList();
  }
}
