package io.trafficmirror.contract;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * An EC2 to hold the claims against: a real account or embedded AWS.
 *
 * <p>Everything that a claim makes carries {@link #TAG} with {@link #runId()}, from the call that
 * makes it. Not for use by several threads.
 */
interface Ec2World {

  /** The key of the tag that everything carries; the value is the run's id. */
  String TAG = "traffic-mirror-pipeline-contract";

  /** Speaks to this EC2. */
  Ec2Client client();

  /** Tells this run's things from everything else. */
  String runId();

  /** Whether this is AWS itself, where things cost money and reads lag behind writes. */
  boolean isReal();

  /** A subnet to run instances in. */
  String subnetId();

  /** An image that both instance types can run. */
  String imageId();

  /** An instance type whose interfaces can be mirrored. */
  String supportedType();

  /** An instance type whose interfaces cannot be mirrored. */
  String unsupportedType();

  /**
   * Comes back when the instances have reached the state that the claim has asked for; embedded AWS
   * is put there, AWS is waited for.
   */
  void reached(List<String> instanceIds, InstanceStateName state);

  /**
   * Reads until the answer is as expected or patience ends, and gives the last answer, which the
   * claim then judges. Where reads do not lag it reads once.
   */
  <T> T eventually(Supplier<T> read, Predicate<T> expected);

  /** Takes note of what an unverified question was answered; may fail the claim. */
  void judge(Question question, String answer);

  /** Codes with which a filter name that nobody knows may be refused. */
  List<String> codesOfAnUnknownFilter();

  /** A mirror target that is a network load balancer. Only on embedded AWS. */
  String loadBalancerTarget();

  /** Adds that many sessions, on new interfaces, past all quotas. Only on embedded AWS. */
  void addSessions(int count, String targetId, String filterId);

  /** From now on every call is denied, as IAM would. Only on embedded AWS. */
  void deny();

  /** From now on launches of the supported type are refused. Only on embedded AWS. */
  void obstruct(Obstruction what);

  /** A subnet that has no address to give. Only on embedded AWS. */
  String fullSubnetId();

  /** A subnet in another Availability Zone than {@link #subnetId}. Only on embedded AWS. */
  String subnetInAnotherZone();

  /** What stands in the way of launches. */
  enum Obstruction {
    NO_CAPACITY,
    QUOTA_USED_UP,
    TYPE_NOT_OFFERED
  }
}
