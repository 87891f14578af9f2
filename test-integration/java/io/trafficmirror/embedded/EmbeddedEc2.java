package io.trafficmirror.embedded;

import io.trafficmirror.embedded.ec2.Ec2Engine;
import io.trafficmirror.embedded.ec2.LaunchConstraints;
import io.trafficmirror.embedded.ec2.Seeding;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Embedded EC2: the instances, interfaces and mirror resources of one account in one AWS Region,
 * behind EC2's Query protocol. Thread-safe; calls are serialized.
 *
 * <p>The {@code put...} methods create the initial state of a test or demo. They are not subject to
 * the API's quotas, and throw {@link IllegalArgumentException} without any change if their input is
 * inconsistent. Reads show the created resources as if they had always existed; while reads lag
 * ({@link #readLag}), they appear after the lag like everything else.
 */
public final class EmbeddedEc2 implements AwsService {

  private final Ec2Engine engine;
  private final Throttles throttles;

  /**
   * Creates an empty account.
   *
   * @param seed the seed of ids and of the order in results
   * @param unsupported receives a readable line for every request for something that embedded EC2
   *     does not implement
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

  /** Creates a VPC with an IPv4 CIDR block such as {@code 10.0.0.0/16}. */
  public void putVpc(String vpcId, String cidr) {
    run(seeding -> seeding.putVpc(vpcId, cidr));
  }

  /** Creates a subnet of 4,096 addresses in an existing VPC. */
  public void putSubnet(String subnetId, String vpcId, String availabilityZone) {
    run(seeding -> seeding.putSubnet(subnetId, vpcId, availabilityZone));
  }

  /**
   * Creates a subnet with a CIDR block. For example, {@code 10.0.1.0/28} has 11 assignable
   * addresses.
   */
  public void putSubnet(String subnetId, String vpcId, String availabilityZone, String cidr) {
    run(seeding -> seeding.putSubnet(subnetId, vpcId, availabilityZone, cidr));
  }

  /** Creates a mirror filter without rules. */
  public void putFilter(String filterId) {
    run(seeding -> seeding.putFilter(filterId));
  }

  /** Creates a mirror target for a Network Load Balancer. */
  public void putNetworkLoadBalancerTarget(String targetId, String loadBalancerArn) {
    run(seeding -> seeding.putLoadBalancerTarget(targetId, loadBalancerArn));
  }

  /** Creates mirror targets for Network Load Balancers of the same names. */
  public void putNetworkLoadBalancerTargets(Iterable<String> targetIds) {
    for (String id : targetIds) {
      putNetworkLoadBalancerTarget(
          id, "arn:aws:elasticloadbalancing:us-east-1:111122223333:loadbalancer/net/" + id + "/1");
    }
  }

  /** Creates a mirror target for an existing interface that is not a mirror source. */
  public void putInterfaceTarget(String targetId, String interfaceId) {
    putInterfaceTarget(targetId, interfaceId, Map.of());
  }

  /** Like {@link #putInterfaceTarget(String, String)}, with tags. */
  public void putInterfaceTarget(String targetId, String interfaceId, Map<String, String> tags) {
    run(seeding -> seeding.putInterfaceTarget(targetId, interfaceId, tags));
  }

  /**
   * Creates a mirror session, for example one of another owner; its number must be free on the
   * interface.
   */
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
   * Creates the instances of a file in the output format of {@code aws ec2 describe-instances}.
   * Missing VPCs and subnets are created; only the instance id is mandatory.
   *
   * @return the number of instances
   * @throws IllegalArgumentException if the file has another format, contradicts itself or contains
   *     an existing instance; the message contains the instance id
   */
  public int loadInstances(String describeInstancesJson) {
    return engine.seed(seeding -> seeding.instances().load(describeInstancesJson));
  }

  /** Creates one instance and returns its id. */
  public String putInstance(InstanceSeed seed) {
    return engine.seed(seeding -> seeding.instances().put(seed));
  }

  /**
   * Sets the state of an instance immediately. Termination deletes or detaches its interfaces
   * according to their attachments. Sessions are deleted only with their interface.
   */
  public void setState(String instanceId, String state) {
    run(seeding -> seeding.instances().setState(instanceId, state));
  }

  /**
   * Hides the instances that have been terminated for longer than that and later deletes them.
   * Otherwise they are shown for an hour and kept indefinitely (EC2 User Guide: "a short while,
   * usually less than an hour").
   */
  public void forgetTerminated(Duration longerThan) {
    run(seeding -> seeding.instances().forgetTerminated(longerThan));
  }

  /** Removes a tag of an instance, if present. */
  public void removeTag(String instanceId, String key) {
    run(seeding -> seeding.instances().removeTag(instanceId, key));
  }

  /** Sets a tag of an instance, even with a reserved key. */
  public void setTag(String instanceId, String key, String value) {
    run(seeding -> seeding.instances().setTag(instanceId, key, value));
  }

  /** The current mirror sessions, regardless of read lag; the oldest first. */
  public List<SessionView> sessions() {
    return engine.seed(seeding -> seeding.sessions());
  }

  /** The sorted ids of the current instances, including those terminated within the last hour. */
  public List<String> instanceIds() {
    return engine.seed(seeding -> seeding.instances().ids());
  }

  /** The same instances regardless of read lag, by id. */
  public List<InstanceView> instances() {
    return engine.seed(Seeding::instanceViews);
  }

  /** The current mirror targets regardless of read lag, by id. */
  public List<TargetView> targets() {
    return engine.seed(seeding -> seeding.targets());
  }

  /**
   * Makes reads return mirror sessions, mirror targets, instances and interfaces as of that long
   * ago. Writes still apply to the current state.
   *
   * @param lag zero to 15 minutes; zero turns the lag off
   */
  public void readLag(Duration lag) {
    readLag(lag, lag);
  }

  /**
   * Like {@link #readLag(Duration)}, with a lag that is drawn for each read. Reads then behave like
   * reads of different replicas: concurrent ones may return different states, and a later one an
   * earlier state.
   *
   * @param shortest zero or more
   * @param longest up to 15 minutes
   */
  public void readLag(Duration shortest, Duration longest) {
    run(seeding -> seeding.readLag(shortest, longest));
  }

  /** Changes the conditions under which launches fail. */
  public void constrainLaunches(Consumer<LaunchConstraints> change) {
    run(seeding -> change.accept(seeding.launchConstraints()));
  }

  /** Forgets all client tokens. */
  public void forgetClientTokens() {
    run(Seeding::forgetClientTokens);
  }

  /** The API throttling, off by default. */
  public Throttles throttles() {
    return throttles;
  }

  /** Rejects every call with UnauthorizedOperation (403) until that moment. */
  public void denyUntil(Instant moment) {
    engine.denyUntil(moment);
  }

  /**
   * Makes some pages of Describe calls empty although more pages follow.
   *
   * @param share the share of these pages, 0 to less than 1
   */
  public void emptyPages(double share) {
    run(seeding -> seeding.emptyPages(share));
  }

  /** Expires every NextToken issued so far. */
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
