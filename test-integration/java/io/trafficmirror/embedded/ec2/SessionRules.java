package io.trafficmirror.embedded.ec2;

import java.util.List;
import java.util.Optional;

/** What a mirror session must be like, judged by how the world is, not by how reads show it. */
final class SessionRules {

  /** Sessions on one source interface (Traffic Mirroring quotas). */
  private static final int MAXIMUM_PER_INTERFACE = 3;

  /** The EC2 API's bounds of SessionNumber. */
  private static final int MAXIMUM_NUMBER = 32_766;

  /** The longest packet to a load balancer (EC2 API, CreateTrafficMirrorSession). */
  private static final int MAXIMUM_PACKET_TO_LOAD_BALANCER = 8_500;

  /** The largest network identifier of VXLAN (RFC 7348). */
  private static final int MAXIMUM_NETWORK_IDENTIFIER = 0xFFFFFF;

  private final World world;

  SessionRules(World world) {
    this.world = world;
  }

  void checkValues(Optional<Integer> number, Optional<Integer> packet, Optional<Integer> vni) {
    number.ifPresent(value -> checkRange("sessionNumber", value, 1, MAXIMUM_NUMBER));
    packet.ifPresent(value -> checkRange("packetLength", value, 1, Integer.MAX_VALUE));
    vni.ifPresent(value -> checkRange("virtualNetworkId", value, 1, MAXIMUM_NETWORK_IDENTIFIER));
  }

  private static void checkRange(String name, int value, int minimum, int maximum) {
    if (value < minimum || value > maximum) {
      throw Refusal.invalidValue(Integer.toString(value), name);
    }
  }

  MirrorTarget target(String id) {
    return world
        .targets
        .now(id)
        .filter(target -> world.targets.at(id, world.known()).isPresent())
        .orElseThrow(() -> NotFound.targets(world, List.of(id)));
  }

  void checkFilter(String id) {
    if (world.filters.now(id).isEmpty()) {
      throw NotFound.filters(world, List.of(id));
    }
  }

  /** The packet length as it is stored: a load balancer has a default and a maximum. */
  Optional<Integer> packetLength(Optional<Integer> asked, MirrorTarget target) {
    if (target.loadBalancerArn().isEmpty()) {
      return asked;
    }
    asked
        .filter(value -> value > MAXIMUM_PACKET_TO_LOAD_BALANCER)
        .ifPresent(
            value -> {
              throw Refusal.invalidValue(Integer.toString(value), "packetLength");
            });
    return asked.or(() -> Optional.of(MAXIMUM_PACKET_TO_LOAD_BALANCER));
  }

  /** The interface, if it may be a source at all. */
  Interface source(String id) {
    Interface eni =
        world
            .interfaces
            .now(id)
            .orElseThrow(
                () ->
                    new Refusal(
                        world.unverified().missingInterfaceCode(),
                        "The networkInterface ID '%s' does not exist".formatted(id)));
    if (!isSupported(eni)) {
      throw new Refusal(
          "NetworkInterfaceNotSupported",
          "%s must be attached to a supported instance".formatted(id));
    }
    world.targetsByResource.find(id, world.truth()).stream()
        .findFirst()
        .ifPresent(
            target -> {
              throw new Refusal(
                  "InterfaceInUseByTrafficMirrorTarget",
                  "%s is in use by target %s".formatted(id, target.id()));
            });
    return eni;
  }

  private boolean isSupported(Interface eni) {
    Optional<Instance> instance =
        eni.attachment().flatMap(attachment -> world.instances.now(attachment.instanceId()));
    if (!eni.type().equals("interface") || instance.isEmpty()) {
      return false;
    }
    State state = instance.get().status().at(world.truth());
    boolean stopped = state == State.STOPPED || state == State.STOPPING;
    return SourceRules.canBeSource(instance.get().type())
        && !state.isEnding()
        && !(stopped && world.unverified().refusesStoppedSources());
  }

  /** The interface has room for another session, with that number. */
  void checkRoomOnInterface(String interfaceId, int number) {
    if (world.unverified().checksNumberBeforeLimits()) {
      checkNumberIsFree(interfaceId, number, Optional.empty());
    }
    int there = world.sessionsByInterface.find(interfaceId, world.truth()).size();
    if (there >= MAXIMUM_PER_INTERFACE) {
      throw new Refusal(
          "TrafficMirrorSessionsPerInterfaceLimitExceeded",
          "Sessions per interface limit reached (%d)".formatted(there + 1));
    }
    checkNumberIsFree(interfaceId, number, Optional.empty());
  }

  /** The number is used by no session of the interface but perhaps by {@code except}. */
  void checkNumberIsFree(String interfaceId, int number, Optional<String> except) {
    for (MirrorSession session : world.sessionsByInterface.find(interfaceId, world.truth())) {
      if (session.number() == number && !Optional.of(session.id()).equals(except)) {
        throw new Refusal(
            world.unverified().takenSessionNumberCode(),
            "Session number %d on %s is already being used by %s"
                .formatted(number, interfaceId, session.id()));
      }
    }
  }

  /** The target takes that interface as a source; of a load balancer it takes any number. */
  void checkRoomOnTarget(MirrorTarget target, String interfaceId, Optional<String> except) {
    if (target.interfaceId().isEmpty()) {
      return;
    }
    boolean countsSessions = world.unverified().targets().countsSessions();
    List<String> sources =
        world.sessionsByTarget.find(target.id(), world.truth()).stream()
            .filter(session -> !Optional.of(session.id()).equals(except))
            .map(session -> countsSessions ? session.id() : session.interfaceId())
            .distinct()
            .toList();
    String type =
        world
            .interfaces
            .now(target.interfaceId().get())
            .flatMap(Interface::attachment)
            .flatMap(attachment -> world.instances.now(attachment.instanceId()))
            .map(Instance::type)
            .orElse("");
    if (!sources.contains(interfaceId) && sources.size() >= SourceRules.maximumSources(type)) {
      throw new Refusal(
          "TrafficMirrorSourcesPerTargetLimitExceeded",
          "Sources per interface-target limit reached (%d)".formatted(sources.size() + 1));
    }
  }

  void checkRoomInAccount() {
    if (world.sessions.size() >= world.options().maximumSessions()) {
      throw new Refusal(
          "TrafficMirrorSessionLimitExceeded",
          "Sessions limit reached (%d)".formatted(world.sessions.size() + 1));
    }
  }

  /** Of those that are free, as AWS draws one that is unique in the account. */
  int drawNetworkIdentifier() {
    while (true) {
      int drawn = world.ids().networkIdentifier();
      if (world.sessionsByNetworkIdentifier.find("" + drawn, world.truth()).isEmpty()) {
        return drawn;
      }
    }
  }
}
