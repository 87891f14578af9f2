package io.trafficmirror.laws;

import io.trafficmirror.embedded.Faults;
import java.util.List;
import java.util.Random;

/** Strikes calls to EC2 at random, before their effect or after it, a bounded number of times. */
final class FaultyWeather implements Schedule.Weather {

  private static final List<String> STRUCK =
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
   * Makes a weather.
   *
   * @param most how many calls it strikes
   * @param oneIn one of how many calls it strikes; a launch or a new target far more often
   */
  FaultyWeather(Faults faults, Random random, int most, int oneIn) {
    this.faults = faults;
    this.random = random;
    this.left = most;
    this.oneIn = oneIn;
  }

  @Override
  public void beforeCall(String signingName, String action) {
    boolean rare = action.equals("RunInstances") || action.equals("CreateTrafficMirrorTarget");
    if (left == 0
        || !STRUCK.contains(action)
        || random.nextInt(rare ? 1 + oneIn / 10 : oneIn) != 0) {
      return;
    }
    left--;
    // The rule is used up by this very call: nobody else makes one before it.
    switch (random.nextInt(4)) {
      case 0 -> faults.refuse(signingName, action, 1, 503, "RequestLimitExceeded");
      case 1 -> faults.refuse(signingName, action, 1, 500, "InternalError");
      case 2 -> faults.cut(signingName, action, 1);
      default -> faults.loseAnswer(signingName, action, 1);
    }
  }
}
