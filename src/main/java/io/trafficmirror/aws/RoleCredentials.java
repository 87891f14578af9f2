package io.trafficmirror.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/**
 * The SDK's default credentials, shared by all clients and resolved on the first call. They can be
 * discarded, so that a restored copy of this process resolves its own.
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
