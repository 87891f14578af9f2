package io.trafficmirror.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The HTTP requests to an emulator that are sent without the SDK. */
final class EmulatorCallsTest {

  private final Headers seen = new Headers();
  private HttpServer emulator;
  private String answer = "{}";
  private int status = 200;

  @BeforeEach
  void listen() throws IOException {
    emulator = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    emulator.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            seen.putAll(exchange.getRequestHeaders());
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
          }
        });
    emulator.start();
  }

  @AfterEach
  void end() {
    emulator.stop(0);
  }

  private URI endpoint() {
    return URI.create("http://127.0.0.1:" + emulator.getAddress().getPort());
  }

  @Test
  void jsonCallHasASignatureADateAndNoProtocolUpgrade() {
    new JsonCalls(endpoint(), "us-east-1").call("kinesis", "Kinesis_20131202.ListStreams");

    assertThat(seen.getFirst("X-Amz-Date")).isEqualTo("20260101T000000Z");
    assertThat(seen.getFirst("Authorization"))
        .contains("/20260101/us-east-1/kinesis/aws4_request, ", "SignedHeaders=", "Signature=");
    assertThat(seen).doesNotContainKeys("Upgrade", "Http2-settings");
  }

  @Test
  void queryCallHasNoProtocolUpgrade() {
    answer = "<AlarmName>one</AlarmName>";

    assertThat(
            new QueryCalls(endpoint(), "us-east-1", "monitoring", "2010-08-01")
                .names("DescribeAlarms", "AlarmName"))
        .containsExactly("one");
    assertThat(seen).doesNotContainKeys("Upgrade", "Http2-settings");
  }

  @Test
  void errorContainsTheEmulatorsResponse() {
    status = 400;
    answer = "IncompleteSignatureException";

    assertThatThrownBy(() -> new JsonCalls(endpoint(), "us-east-1").call("kinesis", "X.Y"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("IncompleteSignatureException");
  }
}
