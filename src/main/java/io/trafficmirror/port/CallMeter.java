package io.trafficmirror.port;

/** Counts every request sent to AWS, retries included. Safe for use by several threads. */
public interface CallMeter {

  /**
   * Records a request that was answered, or that got no answer.
   *
   * @param service the SDK's service name, for example {@code Ec2}
   * @param action the name of the API action, for example {@code DescribeInstances}
   * @param result {@code ok}, the service's error code, or {@code no-answer}
   */
  void recordCall(String service, String action, String result);
}
