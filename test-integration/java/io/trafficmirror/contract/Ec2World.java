package io.trafficmirror.contract;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * An EC2 to check the claims against: a real account or embedded AWS.
 *
 * <p>Every resource that a claim creates is tagged with {@link #TAG} and {@link #runId()} as part
 * of its creation. Not safe for use by several threads.
 */
interface Ec2World {

  /** The key of the tag on every resource; the value is the run id. */
  String TAG = "traffic-mirror-pipeline-contract";

  Ec2Client client();

  /** The id of the run, which distinguishes its resources from all others. */
  String runId();

  /** Whether this is AWS itself: resources cost money and reads lag behind writes. */
  boolean isReal();

  /** The subnet for instances. */
  String subnetId();

  /** An image for both instance types. */
  String imageId();

  /** An instance type whose interfaces can be mirrored. */
  String supportedType();

  /** An instance type whose interfaces cannot be mirrored. */
  String unsupportedType();

  /**
   * Waits until the instances reach the state that the claim requested. Embedded AWS is set to the
   * state; AWS is polled.
   */
  void awaitState(List<String> instanceIds, InstanceStateName state);

  /**
   * Repeats a read until the result is as expected or the attempts are exhausted, and returns the
   * last result for the claim to assert. Reads only once if reads do not lag.
   */
  <T> T eventually(Supplier<T> read, Predicate<T> expected);

  /** Reports the answer to an unverified question; may fail the claim. */
  void report(Question question, String answer);

  /** The acceptable error codes for an unknown filter name. */
  List<String> unknownFilterCodes();

  /** A mirror target that is a network load balancer. Only on embedded AWS. */
  String loadBalancerTarget();

  /** Adds sessions on new interfaces, regardless of quotas. Only on embedded AWS. */
  void addSessions(int count, String targetId, String filterId);

  /** Denies every further call, as IAM does. Only on embedded AWS. */
  void denyAllCalls();

  /** Makes further launches of the supported type fail. Only on embedded AWS. */
  void failLaunches(LaunchFailure what);

  /** A subnet without free addresses. Only on embedded AWS. */
  String fullSubnetId();

  /** A subnet in another Availability Zone than {@link #subnetId}. Only on embedded AWS. */
  String subnetInAnotherZone();

  /** A reason for launches to fail. */
  enum LaunchFailure {
    NO_CAPACITY,
    QUOTA_USED_UP,
    TYPE_NOT_OFFERED
  }
}
