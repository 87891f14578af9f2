package io.trafficmirror.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpFullResponse;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Serves calls in the calling thread without a socket, for tests with tens of thousands of calls.
 * Closing it has no effect, so clients may share it.
 */
final class InProcessHttpClient implements SdkHttpClient {

  private final Dispatcher dispatcher;

  InProcessHttpClient(Dispatcher dispatcher) {
    this.dispatcher = dispatcher;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    AtomicBoolean aborted = new AtomicBoolean();
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        HttpCall call = callOf(request);
        if (aborted.get()) {
          throw new IOException("The request was aborted before it was sent");
        }
        HttpReply reply = dispatcher.serve(call);
        if (aborted.get()) {
          throw new IOException("The request was aborted before it was answered");
        }
        return response(reply, call.method().equals("HEAD"));
      }

      @Override
      public void abort() {
        aborted.set(true);
      }
    };
  }

  @Override
  public String clientName() {
    return "InProcess";
  }

  @Override
  public void close() {}

  private static HttpCall callOf(HttpExecuteRequest request) throws IOException {
    SdkHttpRequest http = request.httpRequest();
    Map<String, String> headers = new HashMap<>();
    http.forEachHeader(
        (name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    String path = http.encodedPath();
    return new HttpCall(
        http.method().name(),
        path.startsWith("/") ? path : "/" + path,
        http.encodedQueryParameters().orElse(""),
        headers,
        body(request.contentStreamProvider()));
  }

  private static byte[] body(Optional<ContentStreamProvider> provider) throws IOException {
    if (provider.isEmpty()) {
      return new byte[0];
    }
    try (InputStream stream = provider.get().newStream()) {
      return stream.readAllBytes();
    }
  }

  private static HttpExecuteResponse response(HttpReply reply, boolean bodiless) {
    SdkHttpFullResponse.Builder http = SdkHttpFullResponse.builder().statusCode(reply.status());
    reply.headers().forEach(http::putHeader);
    if (!bodiless && !reply.headers().containsKey("Content-Length")) {
      http.putHeader("Content-Length", Integer.toString(reply.body().length));
    }
    HttpExecuteResponse.Builder response = HttpExecuteResponse.builder().response(http.build());
    if (!bodiless) {
      response.responseBody(AbortableInputStream.create(new ByteArrayInputStream(reply.body())));
    }
    return response.build();
  }
}
