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

/** A server in memory: it gives recorded answers in their order and keeps what it was asked. */
final class FakeHttp implements SdkHttpClient {
  private final Deque<Reply> replies = new ArrayDeque<>();
  private final List<Asked> asked = new ArrayList<>();
  private boolean closed;

  /** What a request gets. */
  sealed interface Reply {
    record Answer(int status, Map<String, String> headers, String body) implements Reply {}

    /** The connection breaks before anything is answered. */
    record Cut() implements Reply {}

    /** The connection breaks in the middle of the body. */
    record CutBody(int status, String body) implements Reply {}

    /** Nothing comes until the caller gives up. */
    record Silence() implements Reply {}
  }

  /** What was asked. */
  record Asked(SdkHttpRequest http, String body) {
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

  /** As if it were new: for worlds that live through many thousand answers. */
  void forget() {
    replies.clear();
    asked.clear();
  }

  List<Asked> asked() {
    return asked;
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
    asked.add(new Asked(request.httpRequest(), body));
    return new Exchange(replies.isEmpty() ? new Reply.Cut() : replies.remove());
  }

  @Override
  public void close() {
    closed = true;
  }

  static String file(String name) {
    try (InputStream in = FakeHttp.class.getResourceAsStream("/ec2/" + name + ".xml")) {
      if (in == null) {
        throw new IllegalArgumentException("there is no answer " + name);
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Exchange implements ExecutableHttpRequest {
    private final Reply reply;
    private final CountDownLatch given = new CountDownLatch(1);

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
        case Reply.Silence silence -> {
          try {
            given.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          throw new IOException("given up");
        }
      };
    }

    @Override
    public void abort() {
      given.countDown();
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
