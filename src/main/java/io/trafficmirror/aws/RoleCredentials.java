package io.trafficmirror.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The SDK's standard credentials, for all clients together, looked for with the first call. They
 * can be forgotten: a copy of this process then finds its own.
 */
final class RoleCredentials implements AwsCredentialsProvider {
  private final Lazy<DefaultCredentialsProvider> chain =
      new Lazy<>(() -> DefaultCredentialsProvider.builder().build());

  @Override
  public AwsCredentials resolveCredentials() {
    return chain.get().resolveCredentials();
  }

  void forget() {
    chain.forget().ifPresent(DefaultCredentialsProvider::close);
  }
}
