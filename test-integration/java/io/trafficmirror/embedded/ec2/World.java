package io.trafficmirror.embedded.ec2;

import io.trafficmirror.embedded.Ec2Options;
import io.trafficmirror.embedded.Unverified;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;
import java.util.function.Function;

/** All resources of the account in its AWS Region. Called under the engine's lock. */
final class World {

  private final Ec2Options options;
  private final String account;
  private final String region;
  private final InstantSource clock;
  private final RandomIds ids;
  private final PageTokens tokens;
  private final ClientTokens clientTokens;
  private final LaunchConstraints launchConstraints = new LaunchConstraints();

  final Store<Instance> instances;
  final Store<Interface> interfaces;
  final Store<Vpc> vpcs;
  final Store<Subnet> subnets;
  final Store<MirrorSession> sessions;
  final Store<MirrorTarget> targets;
  final Store<MirrorFilter> filters;

  final Index<Interface> interfacesByInstance;
  final Index<MirrorSession> sessionsByInterface;
  final Index<MirrorSession> sessionsByTarget;
  final Index<MirrorSession> sessionsByFilter;
  final Index<MirrorSession> sessionsByNetworkIdentifier;
  final Index<MirrorTarget> targetsByResource;

  private final Map<String, Long> addressesGiven = new HashMap<>();
  private final Map<String, Integer> interfacesInSubnet = new HashMap<>();
  private final ReadLag lag;
  private final Random emptyPages;
  private double emptyPagesShare;

  World(Ec2Options options, String account, String region, InstantSource clock, long seed) {
    this.options = options;
    this.account = account;
    this.region = region;
    this.clock = clock;
    this.emptyPages = new Random(seed + 2);
    this.ids = new RandomIds(seed);
    this.lag = new ReadLag(seed);
    this.clientTokens = new ClientTokens(clock, options.clientTokenLife());
    this.tokens =
        new PageTokens(
            seed, options.nextTokenLife(), () -> options.unverified().refusedTokenCode());
    instances = new Store<>(seed);
    interfaces = new Store<>(seed);
    vpcs = new Store<>(seed);
    subnets = new Store<>(seed);
    sessions = new Store<>(seed);
    targets = new Store<>(seed);
    filters = new Store<>(seed);
    interfacesByInstance =
        interfaces.indexBy(
            eni -> eni.attachment().map(a -> List.of(a.instanceId())).orElse(List.of()));
    sessionsByInterface = sessions.indexBy(session -> List.of(session.interfaceId()));
    sessionsByTarget = sessions.indexBy(session -> List.of(session.targetId()));
    sessionsByFilter = sessions.indexBy(session -> List.of(session.filterId()));
    sessionsByNetworkIdentifier =
        sessions.indexBy(session -> List.of(Integer.toString(session.networkIdentifier())));
    targetsByResource =
        targets.indexBy(t -> t.interfaceId().or(t::loadBalancerArn).stream().toList());
  }

  /** Makes this share of pages empty, with a token. */
  void emptyPages(double share) {
    emptyPagesShare = share;
  }

  boolean drawEmptyPage() {
    return emptyPagesShare > 0 && emptyPages.nextDouble() < emptyPagesShare;
  }

  Ec2Options options() {
    return options;
  }

  Unverified unverified() {
    return options.unverified();
  }

  String account() {
    return account;
  }

  String region() {
    return region;
  }

  RandomIds ids() {
    return ids;
  }

  PageTokens tokens() {
    return tokens;
  }

  ClientTokens clientTokens() {
    return clientTokens;
  }

  Instant now() {
    return clock.instant();
  }

  LaunchConstraints launchConstraints() {
    return launchConstraints;
  }

  ReadLag lag() {
    return lag;
  }

  /** The current state, which writes apply to. */
  View current() {
    return new View(now(), true);
  }

  /** The state that the next read shows. */
  View readView() {
    return lag.isNone() ? current() : new View(now().minus(lag.draw()), false);
  }

  /** The created resources that other writes can see. */
  View writeView() {
    Duration delay = options.writeVisibilityDelay();
    return delay.isZero() ? current() : new View(now().minus(delay), false);
  }

  /** The time from which reads show a seeded resource. */
  Instant seedTime() {
    return lag.isNone() ? Instant.MIN : now();
  }

  String arn(String kind, String id) {
    return "arn:aws:ec2:%s:%s:%s/%s".formatted(region, account, kind, id);
  }

  /** The number of free addresses of a subnet. */
  long freeAddresses(Subnet subnet) {
    return subnet.cidr().usable() - interfacesInSubnet.getOrDefault(subnet.id(), 0);
  }

  /** The next address of a subnet; without a subnet, an address of its own. */
  String nextAddress(Optional<Subnet> subnet) {
    long n = addressesGiven.merge(subnet.map(Subnet::id).orElse(""), 1L, Long::sum) - 1;
    return subnet.map(Subnet::cidr).orElse(new Cidr(0x0A000000L, 8)).address(n);
  }

  /** A CIDR block of 4,096 addresses for a subnet without one. */
  Cidr nextBlock() {
    return new Cidr(0x0A000000L + ((long) subnets.size() << 12), 20);
  }

  void addInterface(Interface eni, Instant at) {
    interfaces.put(eni, at);
    eni.subnetId().ifPresent(subnet -> interfacesInSubnet.merge(subnet, 1, Integer::sum));
  }

  /** Deletes an interface and the sessions with it as their source. */
  void deleteInterface(Interface eni, Instant at) {
    for (MirrorSession session : sessionsByInterface.find(eni.id(), current())) {
      sessions.remove(session.id(), at);
    }
    interfaces.remove(eni.id(), at);
    eni.subnetId().ifPresent(subnet -> interfacesInSubnet.merge(subnet, -1, Integer::sum));
  }

  /**
   * Terminates an instance; its interfaces are deleted or detached according to their attachments.
   */
  void terminate(Instance instance, Status status, Instant at) {
    for (Interface eni : interfacesByInstance.find(instance.id(), current())) {
      if (eni.attachment().map(Interface.Attachment::deleteOnTermination).orElse(false)) {
        deleteInterface(eni, at);
      } else {
        interfaces.put(eni.withAttachment(Optional.empty()), at);
      }
    }
    String reason = "User initiated (%s)".formatted(at);
    instances.put(instance.terminated(status, reason), at);
  }

  /** The tags of a resource of any type; empty if it does not exist. */
  Optional<SortedMap<String, String>> tagsOf(String id) {
    return instances
        .now(id)
        .map(Instance::tags)
        .or(() -> interfaces.now(id).map(Interface::tags))
        .or(() -> sessions.now(id).map(MirrorSession::tags))
        .or(() -> targets.now(id).map(MirrorTarget::tags))
        .or(() -> filters.now(id).map(MirrorFilter::tags))
        .or(() -> subnets.now(id).map(Subnet::tags))
        .or(() -> vpcs.now(id).map(Vpc::tags));
  }

  /** Changes the tags of a resource of any type; returns whether it exists. */
  boolean retag(String id, TagChange change, Instant at) {
    return retag(instances, id, Instance::tags, Instance::withTags, change, at)
        || retag(interfaces, id, Interface::tags, Interface::withTags, change, at)
        || retag(sessions, id, MirrorSession::tags, MirrorSession::withTags, change, at)
        || retag(targets, id, MirrorTarget::tags, MirrorTarget::withTags, change, at)
        || retag(filters, id, MirrorFilter::tags, MirrorFilter::withTags, change, at)
        || retag(subnets, id, Subnet::tags, Subnet::withTags, change, at)
        || retag(vpcs, id, Vpc::tags, Vpc::withTags, change, at);
  }

  /** A change of tags, which may throw. */
  interface TagChange {
    SortedMap<String, String> apply(SortedMap<String, String> before);
  }

  private interface WithTags<V> {
    V with(V value, SortedMap<String, String> tags);
  }

  private static <V extends Stored> boolean retag(
      Store<V> store,
      String id,
      Function<V, SortedMap<String, String>> tags,
      WithTags<V> with,
      TagChange change,
      Instant at) {
    Optional<V> value = store.now(id);
    value.ifPresent(v -> store.put(with.with(v, change.apply(tags.apply(v))), at));
    return value.isPresent();
  }
}
