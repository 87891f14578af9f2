package io.trafficmirror.pool;

/**
 * The number of instances that an invocation may still launch. Not safe for use by several threads.
 */
public final class LaunchBudget {

  private int left;

  /** Creates a budget of this many launches. */
  public LaunchBudget(int launches) {
    this.left = launches;
  }

  /** The number of launches left, 0 or more. */
  public int left() {
    return Math.max(0, left);
  }

  /** Records a requested launch, which may have taken effect. */
  public void spend() {
    left--;
  }
}
