package io.trafficmirror.reconcile;

import io.trafficmirror.mirror.Assessment;
import io.trafficmirror.mirror.Instance;
import io.trafficmirror.mirror.NetworkInterface;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.PolicySet;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.pool.PoolMemory;
import io.trafficmirror.pool.PoolReader;
import io.trafficmirror.pool.TargetList;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.Deadline;
import io.trafficmirror.port.Ec2Reads;
import io.trafficmirror.port.Ec2Reads.InstancePage;
import io.trafficmirror.port.Failure;
import io.trafficmirror.port.FailureKind;
import io.trafficmirror.port.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Assesses every instance of an account and Region for coverage reports, with the same reads and
 * {@link Assessment} as the pipeline. Writes nothing. Not thread-safe.
 */
public final class FleetAssessor {

  /** The largest page size that EC2 accepts (DescribeInstances, MaxResults). */
  private static final int PAGE_SIZE = 1_000;

  private final Scope scope;
  private final Ec2Reads ec2;
  private final Observer observer;

  /**
   * Creates an assessor for one account and Region.
   *
   * @param scope the account and Region
   * @param ec2 the EC2 API of that account and Region
   * @param policy the mirror policy
   * @param ownership identifies this deployment's sessions
   * @param limits the limits, which include the maximum age of the cached mirror targets
   * @param time the clock
   */
  public FleetAssessor(
      Scope scope, Ec2Reads ec2, PolicySet policy, Ownership ownership, Limits limits, Time time) {
    this.scope = scope;
    this.ec2 = ec2;
    TargetList targets = new TargetList(ec2, time, limits.targetsAge());
    PoolReader pools =
        new PoolReader(ec2, ownership, targets, new PoolMemory(time), limits.pools(), time);
    this.observer = new Observer(scope, ec2, policy, ownership, targets, pools, time);
  }

  /**
   * Returns one row for each instance that EC2 returns, in EC2's order. May be repeated.
   *
   * @param deadline when to stop trying
   * @return the rows, or a failure if any read failed, so that a part of the fleet is never
   *     mistaken for the whole
   */
  public Answer<List<Assessment.Row>> assess(Deadline deadline) {
    List<Assessment.Row> rows = new ArrayList<>();
    Optional<String> token = Optional.empty();
    do {
      switch (ec2.page(PAGE_SIZE, token, deadline)) {
        case Answer.Failed<InstancePage>(Failure failure) -> {
          return new Answer.Failed<>(failure);
        }
        case Answer.Got<InstancePage>(InstancePage page) -> {
          if (page.nextToken().isPresent() && page.nextToken().equals(token)) {
            return new Answer.Failed<>(
                new Failure(
                    FailureKind.UNAVAILABLE,
                    "token-repeated",
                    "DescribeInstances returned the same page token again"));
          }
          Optional<Failure> failure = addRows(page.instances(), rows, deadline);
          if (failure.isPresent()) {
            return new Answer.Failed<>(failure.get());
          }
          token = page.nextToken();
        }
      }
    } while (token.isPresent());
    return new Answer.Got<>(List.copyOf(rows));
  }

  private Optional<Failure> addRows(
      List<Instance> instances, List<Assessment.Row> rows, Deadline deadline) {
    return switch (observer.assess(instances, deadline)) {
      case Answer.Failed<Observer.Observed>(Failure failure) -> Optional.of(failure);
      case Answer.Got<Observer.Observed>(Observer.Observed observed) -> {
        for (Instance instance : instances) {
          rows.add(
              new Assessment.Row(
                  scope,
                  instance.id(),
                  instance.primaryInterface().map(NetworkInterface::id),
                  observed.assessment().of(instance.id()).orElseThrow()));
        }
        yield observed.unread().values().stream().findFirst();
      }
    };
  }
}
