package io.trafficmirror.aws;

/**
 * The SDK's own settings cannot be used: no region, an endpoint that is no URL, a broken profile
 * file. Thrown where clients are made, before anything is sent; it may be tried again.
 */
public final class AwsSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AwsSettingsException(RuntimeException cause) {
    super("the AWS SDK's settings cannot be used: " + cause.getMessage(), cause);
  }
}
