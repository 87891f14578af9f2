package io.trafficmirror.terraform;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Calls in JSON to services of an emulator that the SDK would call in CBOR, which moto does not
 * answer.
 *
 * @param endpoint the emulator
 * @param region the region
 */
public record JsonCalls(URI endpoint, String region) {

  /** That of the signature's scope. */
  private static final String DATE = "20260101T000000Z";

  /**
   * Calls without an argument.
   *
   * @param service as a signature's scope names it
   * @param operation with the name of its protocol before it
   */
  public JsonObject call(String service, String operation) {
    return call(service, operation, new JsonObject());
  }

  /** Calls with arguments; otherwise as {@link #call(String, String)}. */
  public JsonObject call(String service, String operation, JsonObject arguments) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            // Not every emulator knows what to do with an offer to speak HTTP/2 instead.
            .version(HttpClient.Version.HTTP_1_1)
            .header("X-Amz-Target", operation)
            // LocalStack's Kinesis refuses a signature without a date, whatever the signature is.
            .header("X-Amz-Date", DATE)
            .header("Content-Type", "application/x-amz-json-1.1")
            // The emulator finds service and region in the signature's scope, and checks nothing.
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=emulator/20260101/%s/%s/aws4_request, "
                        .formatted(region, service)
                    + "SignedHeaders=host, Signature=none")
            .POST(HttpRequest.BodyPublishers.ofString(arguments.toString()))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(operation + " answered " + answer + ": " + answer.body());
      }
      return JsonParser.parseString(answer.body()).getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in a call", e);
    }
  }
}
