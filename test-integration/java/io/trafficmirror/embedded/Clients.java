package io.trafficmirror.embedded;

import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;

/** SDK clients of embedded AWS, for its own tests. */
final class Clients {

  private Clients() {}

  /** A client over HTTP that does not retry, so that a test sees every error. */
  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C overHttp(
      EmbeddedAws aws, B builder) {
    return configured(aws, builder)
        .endpointOverride(aws.endpoint())
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** A client without a socket that does not retry. */
  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C inProcess(
      EmbeddedAws aws, B builder) {
    return inProcess(aws, builder, "http://embedded.invalid");
  }

  /** A client without a socket that does not retry, with a given endpoint. */
  static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C inProcess(
      EmbeddedAws aws, B builder, String endpoint) {
    return configured(aws, builder)
        .endpointOverride(URI.create(endpoint))
        .httpClient(aws.inProcessHttpClient())
        .build();
  }

  private static <B extends AwsClientBuilder<B, C>, C> B configured(EmbeddedAws aws, B builder) {
    return builder
        .region(Region.of(aws.region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret")))
        .overrideConfiguration(
            configuration -> configuration.retryStrategy(DefaultRetryStrategy.doNotRetry()));
  }
}
