package io.trafficmirror.contract;

import java.util.Locale;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorSessionRequest;
import software.amazon.awssdk.services.ec2.model.CreateTrafficMirrorSessionResponse;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;

/**
 * Keeps a run against a real account to what it said it would cost: past the maximum nothing is
 * sent. A replayed create counts again, so the count is never too low. Safe for use by several
 * threads.
 */
final class Budget implements ExecutionInterceptor {

  /** The most instances that a run launches, one after the other; a whole run needs 24. */
  static final int INSTANCES = 30;

  /** The most sessions that a run makes, one after the other; a whole run needs about 75. */
  static final int SESSIONS = 100;

  // https://aws.amazon.com/ec2/pricing/on-demand/: t3.nano, Linux, us-east-1.
  private static final double DOLLARS_AN_INSTANCE_HOUR = 0.0052;
  // AWS's price list as infracost reads it (infracost/infracost PR #266): us-east-1.
  private static final double DOLLARS_A_SESSION_HOUR = 0.015;

  private int instances;
  private int sessions;

  /** What a run makes and costs at most, for the person who starts it; several lines. */
  static String announcement(RealOptions.Run run) {
    return String.format(
        Locale.ROOT,
        """
        The EC2 contract runs against a real account, in %s. It launches at most %d instances
        (most of them %s, a few at a time) and makes at most %d mirror sessions, and removes all of them.
        If each is billed for a whole hour, that is at most $%.2f for instances (%d x $%.4f, a t3.nano in
        us-east-1, https://aws.amazon.com/ec2/pricing/on-demand/; root volumes and public addresses
        add about as much again) and $%.2f for sessions (%d x about $%.3f, us-east-1, AWS's price
        list as infracost/infracost PR #266 reads it). Everything is tagged %s=%s; should the run be killed,
        -Dcontract.ec2=real -Dcontract.cleanup-only=true removes what is left.\
        """,
        run.subnetId(),
        INSTANCES,
        run.supportedType(),
        SESSIONS,
        INSTANCES * DOLLARS_AN_INSTANCE_HOUR,
        INSTANCES,
        DOLLARS_AN_INSTANCE_HOUR,
        SESSIONS * DOLLARS_A_SESSION_HOUR,
        SESSIONS,
        DOLLARS_A_SESSION_HOUR,
        Ec2World.TAG,
        run.runId());
  }

  @Override
  public synchronized void beforeExecution(
      Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (context.request() instanceof RunInstancesRequest launch
        && instances + launch.maxCount() > INSTANCES) {
      throw new IllegalStateException("more than " + INSTANCES + " instances: nothing was sent");
    }
    if (context.request() instanceof CreateTrafficMirrorSessionRequest && sessions >= SESSIONS) {
      throw new IllegalStateException("more than " + SESSIONS + " sessions: nothing was sent");
    }
  }

  @Override
  public synchronized void afterExecution(
      Context.AfterExecution context, ExecutionAttributes attributes) {
    if (context.response() instanceof RunInstancesResponse launched) {
      instances += launched.instances().size();
    }
    if (context.response() instanceof CreateTrafficMirrorSessionResponse) {
      sessions++;
    }
  }
}
