package io.trafficmirror.contract;

import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;

/**
 * A real account: things cost money, instances take minutes, reads lag behind writes.
 *
 * @param client speaks to the account, within the run's budget
 * @param run what was asked for
 * @param patience how long AWS is waited for
 * @param findings where answers to unverified questions are collected
 */
record RealWorld(Ec2Client client, RealOptions.Run run, Patience patience, Findings findings)
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
  public void reached(List<String> instanceIds, InstanceStateName state) {
    patience.untilReached(client, instanceIds, state);
  }

  @Override
  public <T> T eventually(Supplier<T> read, Predicate<T> expected) {
    return patience.eventually(read, expected);
  }

  @Override
  public void judge(Question question, String answer) {
    findings.answered(question, answer);
  }

  @Override
  public List<String> codesOfAnUnknownFilter() {
    return List.of("InvalidParameterValue", "InvalidFilter");
  }

  @Override
  public String loadBalancerTarget() {
    throw new IllegalStateException("a real account is not asked for a load balancer");
  }

  @Override
  public void addSessions(int count, String targetId, String filterId) {
    throw new IllegalStateException("a real account is not filled with sessions");
  }

  @Override
  public void deny() {
    throw new IllegalStateException("a real account is not locked");
  }

  @Override
  public void obstruct(Obstruction what) {
    throw new IllegalStateException("a real account is not brought to its limits");
  }

  @Override
  public String fullSubnetId() {
    throw new IllegalStateException("a real account is not asked for a full subnet");
  }

  @Override
  public String subnetInAnotherZone() {
    throw new IllegalStateException("a real account is not asked for a second subnet");
  }
}
