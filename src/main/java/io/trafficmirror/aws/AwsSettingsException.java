package io.trafficmirror.aws;

/**
 * The SDK's own settings cannot be used, for example because of a missing Region, an endpoint that
 * is not a URL, or an invalid profile file. Thrown when clients are created, before anything is
 * sent; the creation may be retried.
 */
public final class AwsSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  AwsSettingsException(RuntimeException cause) {
    super("the AWS SDK's settings cannot be used: " + cause.getMessage(), cause);
  }
}
