package io.trafficmirror.embedded;

/** One service of embedded AWS. Safe for use by several threads. */
public interface AwsService {

  /** The name that requests for it are signed with, for example {@code ec2}. */
  String signingName();

  /** The API's name of the action that the call asks for, for example {@code DescribeInstances}. */
  String action(HttpCall call);

  /** Does what the call asks for. */
  HttpReply handle(HttpCall call);

  /** A refusal in the service's own format. */
  HttpReply error(HttpCall call, int status, String code, String message);
}
