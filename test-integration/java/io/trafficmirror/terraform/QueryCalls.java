package io.trafficmirror.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Calls in AWS's Query protocol, which emulators answer for CloudWatch whatever else they know.
 *
 * @param endpoint the emulator
 * @param region the region
 * @param service as a signature's scope names it
 * @param version of the API
 */
record QueryCalls(URI endpoint, String region, String service, String version) {

  /** What an action without arguments answers between this element's tags, on its first page. */
  Stream<String> names(String action, String element) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            // Not every emulator knows what to do with an offer to speak HTTP/2 instead.
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/x-www-form-urlencoded")
            // The emulator finds service and region in the signature's scope, and checks nothing.
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=emulator/20260101/%s/%s/aws4_request, "
                        .formatted(region, service)
                    + "SignedHeaders=host, Signature=none")
            .POST(HttpRequest.BodyPublishers.ofString("Action=" + action + "&Version=" + version))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(action + " answered " + answer + ": " + answer.body());
      }
      return Pattern.compile("<" + element + ">([^<]*)<")
          .matcher(answer.body())
          .results()
          .map((MatchResult name) -> name.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in a call", e);
    }
  }
}
