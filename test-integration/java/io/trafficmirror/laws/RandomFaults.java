package io.trafficmirror.laws;

import io.trafficmirror.embedded.Faults;
import java.util.List;
import java.util.Random;

/** Makes a bounded number of random EC2 calls fail, before or after their effect. */
final class RandomFaults implements Schedule.FaultSource {

  private static final List<String> ACTIONS =
      List.of(
          "RunInstances",
          "CreateTrafficMirrorTarget",
          "CreateTrafficMirrorSession",
          "DescribeInstances",
          "DescribeTrafficMirrorTargets",
          "DescribeTrafficMirrorSessions");

  private final Faults faults;
  private final Random random;
  private final int oneIn;
  private int left;

  /**
   * @param most the maximum number of failing calls
   * @param oneIn one in this many calls fails; launches and target creations fail about ten times
   *     as often
   */
  RandomFaults(Faults faults, Random random, int most, int oneIn) {
    this.faults = faults;
    this.random = random;
    this.left = most;
    this.oneIn = oneIn;
  }

  @Override
  public void beforeCall(String signingName, String action) {
    boolean rare = action.equals("RunInstances") || action.equals("CreateTrafficMirrorTarget");
    if (left == 0
        || !ACTIONS.contains(action)
        || random.nextInt(rare ? 1 + oneIn / 10 : oneIn) != 0) {
      return;
    }
    left--;
    // This call consumes the rule: no other call can come before it.
    switch (random.nextInt(4)) {
      case 0 -> faults.refuse(signingName, action, 1, 503, "RequestLimitExceeded");
      case 1 -> faults.refuse(signingName, action, 1, 500, "InternalError");
      case 2 -> faults.cut(signingName, action, 1);
      default -> faults.loseAnswer(signingName, action, 1);
    }
  }
}
