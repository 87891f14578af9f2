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
 * Limits the instances and sessions that a run against a real account creates. A request that would
 * exceed a limit is not sent. A repeated create counts again, so the count is never too low. Safe
 * for use by several threads.
 */
final class Budget implements ExecutionInterceptor {

  /** The maximum number of instances that a run launches in total; a full run needs 24. */
  static final int INSTANCES = 30;

  /** The maximum number of sessions that a run creates in total; a full run needs about 75. */
  static final int SESSIONS = 100;

  // https://aws.amazon.com/ec2/pricing/on-demand/: t3.nano, Linux, us-east-1.
  private static final double DOLLARS_PER_INSTANCE_HOUR = 0.0052;
  // AWS's price list as used by infracost (infracost/infracost PR #266): us-east-1.
  private static final double DOLLARS_PER_SESSION_HOUR = 0.015;

  private int instances;
  private int sessions;

  /** The maximum resources and cost of a run, as several lines for the console. */
  static String announcement(RealOptions.Run run) {
    return String.format(
        Locale.ROOT,
        """
        The EC2 contract suite runs against a real account, in %s. It launches at most %d instances
        (most of them %s, a few at a time), creates at most %d mirror sessions, and removes all of them.
        If each is billed for a full hour, that is at most $%.2f for instances (%d x $%.4f, a t3.nano in
        us-east-1, https://aws.amazon.com/ec2/pricing/on-demand/; root volumes and public addresses
        add about as much again) and $%.2f for sessions (%d x about $%.3f, us-east-1, AWS's price
        list according to infracost/infracost PR #266). Everything is tagged %s=%s. If the run is killed,
        -Dcontract.ec2=real -Dcontract.cleanup-only=true removes the remaining resources.\
        """,
        run.subnetId(),
        INSTANCES,
        run.supportedType(),
        SESSIONS,
        INSTANCES * DOLLARS_PER_INSTANCE_HOUR,
        INSTANCES,
        DOLLARS_PER_INSTANCE_HOUR,
        SESSIONS * DOLLARS_PER_SESSION_HOUR,
        SESSIONS,
        DOLLARS_PER_SESSION_HOUR,
        Ec2World.TAG,
        run.runId());
  }

  @Override
  public synchronized void beforeExecution(
      Context.BeforeExecution context, ExecutionAttributes attributes) {
    if (context.request() instanceof RunInstancesRequest launch
        && instances + launch.maxCount() > INSTANCES) {
      throw new IllegalStateException(
          "more than " + INSTANCES + " instances: the request was not sent");
    }
    if (context.request() instanceof CreateTrafficMirrorSessionRequest && sessions >= SESSIONS) {
      throw new IllegalStateException(
          "more than " + SESSIONS + " sessions: the request was not sent");
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
