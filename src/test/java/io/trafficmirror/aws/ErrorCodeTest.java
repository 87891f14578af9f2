package io.trafficmirror.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpResponse;

final class ErrorCodeTest {
  private static final SdkHttpResponse BARE = SdkHttpResponse.builder().statusCode(400).build();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "<Response><Errors><Error><Code>A.B</Code></Error></Errors></Response> | A.B",
        "<Error><Code>NoSuchKey</Code><Message>m</Message></Error>             | NoSuchKey",
        "{\"__type\":\"SlowDown\",\"message\":\"m\"}                           | SlowDown",
        "{\"message\":\"m\", \"__type\" : \"com.amazonaws#X\"}                 | X"
      })
  void findsTheCodeInTheBody(String body, String code) {
    assertThat(ErrorCode.in(BARE, body.getBytes(UTF_8))).contains(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X", "X:http://amazon.com", "com.amazonaws#X", "com.amazonaws#X:http://a"})
  void prefersTheCodeInTheHeader(String header) {
    SdkHttpResponse answer =
        SdkHttpResponse.builder().statusCode(400).putHeader("x-amzn-errortype", header).build();
    assertThat(ErrorCode.in(answer, "<Code>Y</Code>".getBytes(UTF_8))).contains("X");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<html>", "<Code></Code>", "<Code>a b</Code>", "{\"__type\":7}"})
  void returnsEmptyWithoutACode(String body) {
    assertThat(ErrorCode.in(BARE, body.getBytes(UTF_8))).isEmpty();
  }

  @Test
  void ignoresAMalformedHeader() {
    SdkHttpResponse answer =
        SdkHttpResponse.builder().statusCode(400).putHeader("x-amzn-errortype", "a b").build();
    assertThat(ErrorCode.in(answer, new byte[0])).isEmpty();
  }
}
