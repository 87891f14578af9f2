package io.trafficmirror.embedded;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** Real SDK clients for embedded AWS; for tests of embedded AWS itself. */
final class Clients {

  private Clients() {}

  /** Over HTTP, with one attempt a call, so that a test sees every refusal. */
  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C overHttp(
      EmbeddedAws aws, B builder) {
    return plain(aws, builder)
        .endpointOverride(aws.endpoint())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** Without a socket, with one attempt a call. */
  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C inProcess(
      EmbeddedAws aws, B builder) {
    return inProcess(aws, builder, "http://embedded.invalid");
  }

  /** Without a socket, with one attempt a call, to an endpoint of the caller's choice. */
  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C inProcess(
      EmbeddedAws aws, B builder, String endpoint) {
    return plain(aws, builder)
        .endpointOverride(URI.create(endpoint))
        .httpClient(aws.inProcessHttpClient())
        .build();
  }

  private static <B extends AwsClientBuilder<B, C>, C> B plain(EmbeddedAws aws, B builder) {
    return builder
        .region(Region.of(aws.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
        .overrideConfiguration(
            configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()));
  }
}
