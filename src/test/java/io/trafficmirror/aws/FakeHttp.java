package io.trafficmirror.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/** An in-memory server that returns queued replies in order and records the requests. */
final class FakeHttp implements SdkHttpClient {
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<Request> requests = new ArrayList<>();
  private boolean closed;

  /** The reply to a request. */
  sealed interface Reply {
    record Answer(int status, Map<String, String> headers, String body) implements Reply {}

    /** The connection is reset before the response. */
    record Cut() implements Reply {}

    /** The connection is reset in the middle of the response body. */
    record CutBody(int status, String body) implements Reply {}

    /** No response until the caller aborts. */
    record NoResponse() implements Reply {}
  }

  /** A recorded request. */
  record Request(SdkHttpRequest http, String body) {
    /** The parameters of a request in the Query protocol. */
    Map<String, String> parameters() {
      Map<String, String> parameters = new TreeMap<>();
      for (String pair : body.split("&", -1)) {
        String[] parts = (pair + "=").split("=", 3);
        parameters.put(URLDecoder.decode(parts[0], UTF_8), URLDecoder.decode(parts[1], UTF_8));
      }
      return parameters;
    }
  }

  FakeHttp answer(String file) {
    return reply(new Reply.Answer(200, Map.of(), file(file)));
  }

  FakeHttp error(int status, String code) {
    return reply(new Reply.Answer(status, Map.of(), file("error").replace("CODE", code)));
  }

  FakeHttp reply(Reply reply) {
    replies.add(reply);
    return this;
  }

  /** Discards replies and requests, for tests that reuse one server for thousands of calls. */
  void forget() {
    replies.clear();
    requests.clear();
  }

  List<Request> requests() {
    return requests;
  }

  boolean isClosed() {
    return closed;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    String body =
        request
            .contentStreamProvider()
            .map(
                content -> {
                  try (InputStream in = content.newStream()) {
                    return new String(in.readAllBytes(), UTF_8);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                })
            .orElse("");
    requests.add(new Request(request.httpRequest(), body));
    return new Exchange(replies.isEmpty() ? new Reply.Cut() : replies.remove());
  }

  @Override
  public void close() {
    closed = true;
  }

  static String file(String name) {
    try (InputStream in = FakeHttp.class.getResourceAsStream("/ec2/" + name + ".xml")) {
      if (in == null) {
        throw new IllegalArgumentException("no such recorded response: " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Exchange implements ExecutableHttpRequest {
    private final Reply reply;
    private final CountDownLatch aborted = new CountDownLatch(1);

    Exchange(Reply reply) {
      this.reply = reply;
    }

    @Override
    public HttpExecuteResponse call() throws IOException {
      return switch (reply) {
        case Reply.Answer answer ->
            response(answer.status(), answer.headers(), stream(answer.body()));
        case Reply.CutBody cut ->
            response(
                cut.status(), Map.of(), new SequenceInputStream(stream(cut.body()), new Broken()));
        case Reply.Cut cut -> throw new IOException("connection reset");
        case Reply.NoResponse none -> {
          try {
            aborted.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new IOException("aborted");
        }
      };
    }

    @Override
    public void abort() {
      aborted.countDown();
    }

    private static InputStream stream(String body) {
      return new ByteArrayInputStream(body.getBytes(UTF_8));
    }

    private static HttpExecuteResponse response(
        int status, Map<String, String> headers, InputStream body) {
      SdkHttpResponse.Builder response = SdkHttpResponse.builder().statusCode(status);
      headers.forEach(response::putHeader);
      return HttpExecuteResponse.builder()
          .response(response.build())
          .responseBody(AbortableInputStream.create(body))
          .build();
    }
  }

  private static final class Broken extends InputStream {
    @Override
    public int read() throws IOException {
      throw new IOException("connection reset");
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return read();
    }
  }
}
