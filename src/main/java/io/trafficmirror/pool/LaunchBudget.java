package io.trafficmirror.pool;

/** How many instances an invocation may still launch. For one thread. */
public final class LaunchBudget {

  private int left;

  /** A budget of that many launches. */
  public LaunchBudget(int launches) {
    this.left = launches;
  }

  /** How many launches are left, 0 or more. */
  public int left() {
    return Math.max(0, left);
  }

  /** A launch was asked for, and may have had its effect. */
  public void spend() {
    left--;
  }
}
