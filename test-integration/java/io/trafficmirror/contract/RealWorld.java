package io.trafficmirror.contract;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * A real account: resources cost money, instances take minutes to start, and reads lag behind
 * writes.
 *
 * @param client the client for the account, limited to the run's budget
 * @param run the options of the run
 * @param polling how to wait for AWS
 * @param answers collects the answers to unverified questions
 */
record RealWorld(Ec2Client client, RealOptions.Run run, Polling polling, AnswerReport answers)
    implements Ec2World {

  @Override
  public String runId() {
    return run.runId();
  }

  @Override
  public boolean isReal() {
    return true;
  }

  @Override
  public String subnetId() {
    return run.subnetId();
  }

  @Override
  public String imageId() {
    return run.imageId();
  }

  @Override
  public String supportedType() {
    return run.supportedType();
  }

  @Override
  public String unsupportedType() {
    return run.unsupportedType();
  }

  @Override
  public void awaitState(List<String> instanceIds, InstanceStateName state) {
    polling.awaitState(client, instanceIds, state);
  }

  @Override
  public <T> T eventually(Supplier<T> read, Predicate<T> expected) {
    return polling.eventually(read, expected);
  }

  @Override
  public void report(Question question, String answer) {
    answers.record(question, answer);
  }

  @Override
  public List<String> unknownFilterCodes() {
    return List.of("InvalidParameterValue", "InvalidFilter");
  }

  @Override
  public String loadBalancerTarget() {
    throw new IllegalStateException("not available on a real account: a network load balancer");
  }

  @Override
  public void addSessions(int count, String targetId, String filterId) {
    throw new IllegalStateException(
        "not available on a real account: adding sessions regardless of quotas");
  }

  @Override
  public void denyAllCalls() {
    throw new IllegalStateException("not available on a real account: denying all calls");
  }

  @Override
  public void failLaunches(LaunchFailure what) {
    throw new IllegalStateException("not available on a real account: failing launches");
  }

  @Override
  public String fullSubnetId() {
    throw new IllegalStateException("not available on a real account: a full subnet");
  }

  @Override
  public String subnetInAnotherZone() {
    throw new IllegalStateException("not available on a real account: a second subnet");
  }
}
