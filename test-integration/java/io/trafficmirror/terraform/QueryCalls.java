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
 * Calls with AWS's Query protocol, which every emulator supports for CloudWatch.
 *
 * @param endpoint the emulator's endpoint
 * @param region the Region
 * @param service the service in the signature's credential scope
 * @param version the API version
 */
record QueryCalls(URI endpoint, String region, String service, String version) {

  /** The texts of an element in the first page of the response to an action without arguments. */
  Stream<String> names(String action, String element) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            // Some emulators cannot handle an offer to upgrade to HTTP/2.
            .version(HttpClient.Version.HTTP_1_1)
            .header("Content-Type", "application/x-www-form-urlencoded")
            // The emulator reads service and Region from the credential scope and does not check
            // the signature.
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
