package io.trafficmirror.aws;

import io.trafficmirror.mirror.FilterId;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.NetworkInterface;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Session;
import io.trafficmirror.mirror.SessionId;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.mirror.VpcId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterface;
import software.amazon.awssdk.services.ec2.model.InstanceNetworkInterfaceAttachment;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorTarget;

/**
 * Maps EC2's responses to the domain. Any element of a response may be missing or invalid. An
 * instance or an interface without an id is skipped, because nothing can be done with it. A session
 * is kept even if incomplete, because overlooking one would create a second one.
 */
final class Ec2Mapping {
  private Ec2Mapping() {}

  /** The instance; empty if it has no id. */
  static Optional<Instance> instance(software.amazon.awssdk.services.ec2.model.Instance shown) {
    return id(shown.instanceId(), InstanceId::isValid, InstanceId::new)
        .map(id -> instance(id, shown));
  }

  private static Instance instance(
      InstanceId id, software.amazon.awssdk.services.ec2.model.Instance shown) {
    List<NetworkInterface> interfaces =
        shown.networkInterfaces().stream().flatMap(i -> networkInterface(i).stream()).toList();
    Optional<NetworkInterface> primary =
        interfaces.stream().filter(NetworkInterface::isPrimary).findFirst();
    return new Instance(
        id,
        Optional.ofNullable(shown.state())
            .flatMap(state -> Optional.ofNullable(state.nameAsString()))
            .map(InstanceState::of)
            .orElse(InstanceState.UNKNOWN),
        Optional.ofNullable(shown.instanceTypeAsString()).orElse(""),
        tags(shown.tags()),
        primary.flatMap(NetworkInterface::subnet).or(() -> subnet(shown.subnetId())),
        primary.flatMap(NetworkInterface::vpc).or(() -> vpc(shown.vpcId())),
        interfaces);
  }

  /** The instance as a pool member; empty if it does not belong to a pool of this deployment. */
  static Optional<PoolMember> poolMember(
      software.amazon.awssdk.services.ec2.model.Instance shown, Ownership ownership) {
    return instance(shown)
        .flatMap(
            instance ->
                PoolMember.of(instance, Optional.ofNullable(shown.launchTime()), ownership));
  }

  /** The target; empty if it has no id. */
  static Optional<MirrorTarget> target(TrafficMirrorTarget shown) {
    return id(shown.trafficMirrorTargetId(), TargetId::isValid, TargetId::new)
        .map(
            id ->
                new MirrorTarget(id, interfaceId(shown.networkInterfaceId()), tags(shown.tags())));
  }

  private static Optional<NetworkInterface> networkInterface(InstanceNetworkInterface shown) {
    Optional<InstanceNetworkInterfaceAttachment> attachment =
        Optional.ofNullable(shown.attachment());
    OptionalInt deviceIndex =
        attachment
            .flatMap(a -> Optional.ofNullable(a.deviceIndex()))
            .map(OptionalInt::of)
            .orElseGet(OptionalInt::empty);
    int card = attachment.flatMap(a -> Optional.ofNullable(a.networkCardIndex())).orElse(0);
    return interfaceId(shown.networkInterfaceId())
        .map(
            id ->
                new NetworkInterface(
                    id, deviceIndex, card, subnet(shown.subnetId()), vpc(shown.vpcId())));
  }

  /**
   * The session; empty if the response does not contain its network interface.
   *
   * @param shown the session in EC2's response
   * @param place a number that distinguishes sessions without an id
   */
  static Optional<Session> session(TrafficMirrorSession shown, int place) {
    return interfaceId(shown.networkInterfaceId())
        .map(
            source ->
                new Session(
                    id(shown.trafficMirrorSessionId(), SessionId::isValid, SessionId::new)
                        .orElseGet(() -> notShown(place, source)),
                    source,
                    id(shown.trafficMirrorTargetId(), TargetId::isValid, TargetId::new)
                        .orElse(Session.TARGET_NOT_SHOWN),
                    id(shown.trafficMirrorFilterId(), FilterId::isValid, FilterId::new)
                        .orElse(Session.FILTER_NOT_SHOWN),
                    Optional.ofNullable(shown.sessionNumber()).orElse(0),
                    tags(shown.tags())));
  }

  private static SessionId notShown(int place, InterfaceId source) {
    return new SessionId("tms-not-shown-%d-%08x".formatted(place, source.hashCode()));
  }

  /** The id of an interface; empty if the text is not one. */
  static Optional<InterfaceId> interfaceId(@Nullable String text) {
    return id(text, InterfaceId::isValid, InterfaceId::new);
  }

  private static Optional<SubnetId> subnet(@Nullable String text) {
    return id(text, SubnetId::isValid, SubnetId::new);
  }

  private static Optional<VpcId> vpc(@Nullable String text) {
    return id(text, VpcId::isValid, VpcId::new);
  }

  private static <T> Optional<T> id(
      @Nullable String text, Predicate<String> valid, Function<String, T> make) {
    return Optional.ofNullable(text).filter(valid).map(make);
  }

  /**
   * The tags by key. The first of several equal keys wins; a missing value becomes an empty string.
   */
  private static Map<String, String> tags(List<Tag> shown) {
    Map<String, String> tags = new HashMap<>();
    for (Tag tag : shown) {
      if (tag.key() != null) {
        tags.putIfAbsent(tag.key(), Optional.ofNullable(tag.value()).orElse(""));
      }
    }
    return tags;
  }
}
