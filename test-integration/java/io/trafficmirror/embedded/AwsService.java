package io.trafficmirror.embedded;

/** One emulated service. Thread-safe. */
public interface AwsService {

  /** The service name that requests are signed for, for example {@code ec2}. */
  String signingName();

  /** The API action of the call, for example {@code DescribeInstances}. */
  String action(HttpCall call);

  /** Performs the call. */
  HttpReply handle(HttpCall call);

  /** An error response in the service's own format. */
  HttpReply error(HttpCall call, int status, String code, String message);
}
