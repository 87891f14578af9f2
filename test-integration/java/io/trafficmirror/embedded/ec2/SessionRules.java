package io.trafficmirror.embedded.ec2;

import java.util.List;
import java.util.Optional;

/** The rules for mirror sessions, which apply to the current state regardless of read lag. */
final class SessionRules {

  /** Sessions per source interface (Traffic Mirroring quotas). */
  private static final int MAXIMUM_PER_INTERFACE = 3;

  /** The EC2 API's maximum of SessionNumber. */
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
      throw ApiException.invalidValue(Integer.toString(value), name);
    }
  }

  MirrorTarget target(String id) {
    return world
        .targets
        .now(id)
        .filter(target -> world.targets.at(id, world.writeView()).isPresent())
        .orElseThrow(() -> NotFound.targets(world, List.of(id)));
  }

  void checkFilter(String id) {
    if (world.filters.now(id).isEmpty()) {
      throw NotFound.filters(world, List.of(id));
    }
  }

  /** The packet length as stored: load balancer targets have a default and a maximum. */
  Optional<Integer> packetLength(Optional<Integer> requested, MirrorTarget target) {
    if (target.loadBalancerArn().isEmpty()) {
      return requested;
    }
    requested
        .filter(value -> value > MAXIMUM_PACKET_TO_LOAD_BALANCER)
        .ifPresent(
            value -> {
              throw ApiException.invalidValue(Integer.toString(value), "packetLength");
            });
    return requested.or(() -> Optional.of(MAXIMUM_PACKET_TO_LOAD_BALANCER));
  }

  /** The interface, if it can be a mirror source. */
  Interface source(String id) {
    Interface eni =
        world
            .interfaces
            .now(id)
            .orElseThrow(
                () ->
                    new ApiException(
                        world.unverified().missingInterfaceCode(),
                        "The networkInterface ID '%s' does not exist".formatted(id)));
    if (!isSupported(eni)) {
      throw new ApiException(
          "NetworkInterfaceNotSupported",
          "%s must be attached to a supported instance".formatted(id));
    }
    world.targetsByResource.find(id, world.current()).stream()
        .findFirst()
        .ifPresent(
            target -> {
              throw new ApiException(
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
    State state = instance.get().status().at(world.current());
    boolean stopped = state == State.STOPPED || state == State.STOPPING;
    return SourceRules.canBeSource(instance.get().type())
        && !state.isEnding()
        && !(stopped && world.unverified().refusesStoppedSources());
  }

  /** Checks that the interface can have another session, with that number. */
  void checkRoomOnInterface(String interfaceId, int number) {
    if (world.unverified().checksNumberBeforeLimits()) {
      checkNumberIsFree(interfaceId, number, Optional.empty());
    }
    int existing = world.sessionsByInterface.find(interfaceId, world.current()).size();
    if (existing >= MAXIMUM_PER_INTERFACE) {
      throw new ApiException(
          "TrafficMirrorSessionsPerInterfaceLimitExceeded",
          "Sessions per interface limit reached (%d)".formatted(existing + 1));
    }
    checkNumberIsFree(interfaceId, number, Optional.empty());
  }

  /** Checks that no session of the interface, except {@code except}, has the number. */
  void checkNumberIsFree(String interfaceId, int number, Optional<String> except) {
    for (MirrorSession session : world.sessionsByInterface.find(interfaceId, world.current())) {
      if (session.number() == number && !Optional.of(session.id()).equals(except)) {
        throw new ApiException(
            world.unverified().takenSessionNumberCode(),
            "Session number %d on %s is already being used by %s"
                .formatted(number, interfaceId, session.id()));
      }
    }
  }

  /** Checks that the target can have the interface as a source; a load balancer has no limit. */
  void checkRoomOnTarget(MirrorTarget target, String interfaceId, Optional<String> except) {
    if (target.interfaceId().isEmpty()) {
      return;
    }
    boolean countsSessions = world.unverified().targets().countsSessions();
    List<String> sources =
        world.sessionsByTarget.find(target.id(), world.current()).stream()
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
      throw new ApiException(
          "TrafficMirrorSourcesPerTargetLimitExceeded",
          "Sources per interface-target limit reached (%d)".formatted(sources.size() + 1));
    }
  }

  void checkRoomInAccount() {
    if (world.sessions.size() >= world.options().maximumSessions()) {
      throw new ApiException(
          "TrafficMirrorSessionLimitExceeded",
          "Sessions limit reached (%d)".formatted(world.sessions.size() + 1));
    }
  }

  /** Draws an unused identifier; AWS also chooses one that is unique in the account. */
  int drawNetworkIdentifier() {
    while (true) {
      int drawn = world.ids().networkIdentifier();
      if (world.sessionsByNetworkIdentifier.find("" + drawn, world.current()).isEmpty()) {
        return drawn;
      }
    }
  }
}
