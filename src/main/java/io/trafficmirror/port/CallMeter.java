package io.trafficmirror.port;

/** Told of every request that leaves for AWS, retries included. Safe for use by several threads. */
public interface CallMeter {

  /**
   * A request was answered, or not.
   *
   * @param service the SDK's name of the service, for example {@code Ec2}
   * @param action the API's name of the action, for example {@code DescribeInstances}
   * @param result {@code ok}, the service's error code, or {@code no-answer}
   */
  void called(String service, String action, String result);
}
