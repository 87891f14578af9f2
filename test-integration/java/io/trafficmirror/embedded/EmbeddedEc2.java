package io.trafficmirror.embedded;

import io.trafficmirror.embedded.ec2.Ec2Engine;
import io.trafficmirror.embedded.ec2.Obstacles;
import io.trafficmirror.embedded.ec2.Seeding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Embedded EC2: the instances, interfaces and mirror resources of one account in one Region, behind
 * EC2's Query protocol. Safe for use by several threads; calls are done one after another.
 *
 * <p>The {@code put...} methods are for the world that a test or a demo starts from: they go past
 * the API's quotas and throw {@link IllegalArgumentException} on nonsense, having changed nothing.
 * What they put counts as having been there always; while reads lag ({@link #readLag}), it is shown
 * after the lag like everything else.
 */
public final class EmbeddedEc2 implements AwsService {

  private final Ec2Engine engine;
  private final Throttles throttles;

  /**
   * An empty account.
   *
   * @param seed of ids and of the order in which things are shown
   * @param unsupported is told of every request that meets something which embedded EC2 does not
   *     have, in one readable line
   */
  public EmbeddedEc2(
      Ec2Options options,
      String account,
      String region,
      InstantSource clock,
      long seed,
      Consumer<String> unsupported) {
    this.throttles = new Throttles(seed);
    this.engine = new Ec2Engine(options, account, region, clock, seed, throttles, unsupported);
  }

  @Override
  public String signingName() {
    return "ec2";
  }

  @Override
  public String action(HttpCall call) {
    return Ec2Engine.action(call);
  }

  @Override
  public HttpReply handle(HttpCall call) {
    return engine.handle(call);
  }

  @Override
  public HttpReply error(HttpCall call, int status, String code, String message) {
    return engine.error(status, code, message);
  }

  /** A VPC with an IPv4 block, {@code 10.0.0.0/16} say. */
  public void putVpc(String vpcId, String cidr) {
    run(seeding -> seeding.putVpc(vpcId, cidr));
  }

  /** A subnet of 4,096 addresses in a VPC that is there. */
  public void putSubnet(String subnetId, String vpcId, String availabilityZone) {
    run(seeding -> seeding.putSubnet(subnetId, vpcId, availabilityZone));
  }

  /** A subnet with that block, {@code 10.0.1.0/28} say, which has 11 addresses to give. */
  public void putSubnet(String subnetId, String vpcId, String availabilityZone, String cidr) {
    run(seeding -> seeding.putSubnet(subnetId, vpcId, availabilityZone, cidr));
  }

  /** A mirror filter without rules. */
  public void putFilter(String filterId) {
    run(seeding -> seeding.putFilter(filterId));
  }

  /** A mirror target that is a Network Load Balancer. */
  public void putNetworkLoadBalancerTarget(String targetId, String loadBalancerArn) {
    run(seeding -> seeding.putLoadBalancerTarget(targetId, loadBalancerArn));
  }

  /** Mirror targets that are Network Load Balancers of the same names. */
  public void putNetworkLoadBalancerTargets(Iterable<String> targetIds) {
    for (String id : targetIds) {
      putNetworkLoadBalancerTarget(
          id, "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/" + id + "/1");
    }
  }

  /** A mirror target that is an interface which is there and no source. */
  public void putInterfaceTarget(String targetId, String interfaceId) {
    putInterfaceTarget(targetId, interfaceId, Map.of());
  }

  /** The same with tags. */
  public void putInterfaceTarget(String targetId, String interfaceId, Map<String, String> tags) {
    run(seeding -> seeding.putInterfaceTarget(targetId, interfaceId, tags));
  }

  /** A mirror session, a foreign one say; the number must be free on the interface. */
  public void putSession(
      String sessionId,
      String interfaceId,
      String targetId,
      String filterId,
      int number,
      Map<String, String> tags) {
    run(seeding -> seeding.putSession(sessionId, interfaceId, targetId, filterId, number, tags));
  }

  /**
   * Puts the instances of a file in the format of {@code aws ec2 describe-instances}. VPCs and
   * subnets that are not there are made; everything but an instance's id may be missing.
   *
   * @return how many instances there were
   * @throws IllegalArgumentException where the file is not of the format, contradicts itself or
   *     names an instance that is there; the message names the instance
   */
  public int loadInstances(String describeInstancesJson) {
    return engine.seed(seeding -> seeding.instances().load(describeInstancesJson));
  }

  /** Puts one instance; answers its id. */
  public String putInstance(InstanceSeed seed) {
    return engine.seed(seeding -> seeding.instances().put(seed));
  }

  /**
   * Brings an instance into a state at once. Terminating deletes or detaches its interfaces, as
   * their attachments say; sessions go with deleted interfaces and only then.
   */
  public void setState(String instanceId, String state) {
    run(seeding -> seeding.instances().setState(instanceId, state));
  }

  /**
   * Shows no longer the instances that have been terminated for longer than that, and forgets them
   * a while later. Otherwise they are shown for an hour, and kept for ever (EC2 User Guide: "a
   * short while, usually less than an hour").
   */
  public void forgetTerminated(Duration longerThan) {
    run(seeding -> seeding.instances().forgetTerminated(longerThan));
  }

  /** Takes a tag from an instance, if it has it. */
  public void removeTag(String instanceId, String key) {
    run(seeding -> seeding.instances().removeTag(instanceId, key));
  }

  /** Sets a tag of an instance, whatever its key. */
  public void setTag(String instanceId, String key, String value) {
    run(seeding -> seeding.instances().setTag(instanceId, key, value));
  }

  /** The mirror sessions as they are, whatever reads show; the oldest first. */
  public List<SessionView> sessions() {
    return engine.seed(seeding -> seeding.sessions());
  }

  /** The ids of the instances that are there, terminated ones of the last hour included, sorted. */
  public List<String> instanceIds() {
    return engine.seed(seeding -> seeding.instances().ids());
  }

  /** The same instances as they are, by id. */
  public List<InstanceView> instances() {
    return engine.seed(Seeding::instanceViews);
  }

  /** The mirror targets as they are, by id. */
  public List<TargetView> targets() {
    return engine.seed(seeding -> seeding.targets());
  }

  /**
   * From now on reads show mirror sessions, mirror targets, instances and interfaces as they were
   * that long ago by the clock; writes are judged by how things are. Zero ends it.
   *
   * @param lag zero to 15 minutes
   */
  public void readLag(Duration lag) {
    readLag(lag, lag);
  }

  /**
   * The same with a lag that is drawn for each read between two bounds. Reads are then like those
   * of replicas: two at one time may show different pasts, and a later one an earlier past.
   *
   * @param shortest from zero
   * @param longest up to 15 minutes
   */
  public void readLag(Duration shortest, Duration longest) {
    run(seeding -> seeding.readLag(shortest, longest));
  }

  /** Puts something into the way of launches, or takes it away. */
  public void hinderLaunches(Consumer<Obstacles> change) {
    run(seeding -> change.accept(seeding.obstacles()));
  }

  /** From now on every client token is as if it had never been used. */
  public void forgetClientTokens() {
    run(Seeding::forgetClientTokens);
  }

  /** What throttles its calls; off at first. */
  public Throttles throttles() {
    return throttles;
  }

  /** Until that moment of the clock every call is answered with UnauthorizedOperation (403). */
  public void denyUntil(Instant moment) {
    engine.denyUntil(moment);
  }

  /**
   * From now on some of the pages of Describe calls are empty though more follow.
   *
   * @param share which share of them, 0 to less than 1
   */
  public void emptyPages(double share) {
    run(seeding -> seeding.emptyPages(share));
  }

  /** From now on every NextToken that was given out before is refused. */
  public void expireTokens() {
    run(seeding -> seeding.expireTokens());
  }

  private void run(Consumer<Seeding> use) {
    engine.seed(
        seeding -> {
          use.accept(seeding);
          return true;
        });
  }
}
