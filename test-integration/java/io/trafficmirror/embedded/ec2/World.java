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

/** Everything that there is in the account's Region. Called under the engine's lock. */
final class World {

  private final Ec2Options options;
  private final String account;
  private final String region;
  private final InstantSource clock;
  private final RandomIds ids;
  private final PageTokens tokens;
  private final ClientTokens clientTokens;
  private final Obstacles obstacles = new Obstacles();

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

  /** From now on so many of the pages are empty, and have a token. */
  void emptyPages(double share) {
    emptyPagesShare = share;
  }

  boolean drawsAnEmptyPage() {
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

  Obstacles obstacles() {
    return obstacles;
  }

  ReadLag lag() {
    return lag;
  }

  /** How the world is. Writes are judged by it. */
  View truth() {
    return new View(now(), true);
  }

  /** How the world is shown to the next read. */
  View shown() {
    return lag.isNone() ? truth() : new View(now().minus(lag.draw()), false);
  }

  /** What writes know of what was made by other writes. */
  View known() {
    Duration delay = options.writesKnowAfter();
    return delay.isZero() ? truth() : new View(now().minus(delay), false);
  }

  /** The moment from which on something is shown that is put there other than by the API. */
  Instant putAt() {
    return lag.isNone() ? Instant.MIN : now();
  }

  String arn(String kind, String id) {
    return "arn:aws:ec2:%s:%s:%s/%s".formatted(region, account, kind, id);
  }

  /** The addresses of a subnet that are free. */
  long freeAddresses(Subnet subnet) {
    return subnet.cidr().usable() - interfacesInSubnet.getOrDefault(subnet.id(), 0);
  }

  /** The next address in a subnet; where there is no subnet, one that is never asked for again. */
  String nextAddress(Optional<Subnet> subnet) {
    long n = addressesGiven.merge(subnet.map(Subnet::id).orElse(""), 1L, Long::sum) - 1;
    return subnet.map(Subnet::cidr).orElse(new Cidr(0x0A000000L, 8)).address(n);
  }

  /** A block of 4,096 addresses for a subnet that comes without one. */
  Cidr nextBlock() {
    return new Cidr(0x0A000000L + ((long) subnets.size() << 12), 20);
  }

  void addInterface(Interface eni, Instant at) {
    interfaces.put(eni, at);
    eni.subnetId().ifPresent(subnet -> interfacesInSubnet.merge(subnet, 1, Integer::sum));
  }

  /** Deletes an interface, and the sessions that have it as their source with it. */
  void deleteInterface(Interface eni, Instant at) {
    for (MirrorSession session : sessionsByInterface.find(eni.id(), truth())) {
      sessions.remove(session.id(), at);
    }
    interfaces.remove(eni.id(), at);
    eni.subnetId().ifPresent(subnet -> interfacesInSubnet.merge(subnet, -1, Integer::sum));
  }

  /** Ends an instance: its interfaces are deleted or detached, each as its attachment says. */
  void terminate(Instance instance, Status status, Instant at) {
    for (Interface eni : interfacesByInstance.find(instance.id(), truth())) {
      if (eni.attachment().map(Interface.Attachment::deleteOnTermination).orElse(false)) {
        deleteInterface(eni, at);
      } else {
        interfaces.put(eni.withAttachment(Optional.empty()), at);
      }
    }
    String reason = "User initiated (%s)".formatted(at);
    instances.put(instance.terminated(status, reason), at);
  }

  /** The tags of a thing of any kind; empty where there is no such thing. */
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

  /** Gives a thing of any kind other tags; answers whether there is such a thing. */
  boolean retag(String id, TagChange change, Instant at) {
    return retag(instances, id, Instance::tags, Instance::withTags, change, at)
        || retag(interfaces, id, Interface::tags, Interface::withTags, change, at)
        || retag(sessions, id, MirrorSession::tags, MirrorSession::withTags, change, at)
        || retag(targets, id, MirrorTarget::tags, MirrorTarget::withTags, change, at)
        || retag(filters, id, MirrorFilter::tags, MirrorFilter::withTags, change, at)
        || retag(subnets, id, Subnet::tags, Subnet::withTags, change, at)
        || retag(vpcs, id, Vpc::tags, Vpc::withTags, change, at);
  }

  /** What to make of a thing's tags; it may refuse. */
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
