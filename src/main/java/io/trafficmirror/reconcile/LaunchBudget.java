package io.trafficmirror.reconcile;

/** How many instances an invocation may still launch. For one thread. */
final class LaunchBudget {

  private int left;

  LaunchBudget(int launches) {
    this.left = launches;
  }

  int left() {
    return left;
  }

  /** A launch was asked for, and may have had its effect. */
  void spend() {
    left--;
  }
}
