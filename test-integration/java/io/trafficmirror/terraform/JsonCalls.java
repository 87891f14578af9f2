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
 * JSON calls to services of an emulator that the SDK calls with CBOR, which moto does not support.
 *
 * @param endpoint the emulator's endpoint
 * @param region the Region
 */
public record JsonCalls(URI endpoint, String region) {

  /** The date in the signature's credential scope. */
  private static final String DATE = "20260101T000000Z";

  /**
   * Calls an operation without arguments.
   *
   * @param service the service in the signature's credential scope
   * @param operation the operation as in {@code X-Amz-Target}
   */
  public JsonObject call(String service, String operation) {
    return call(service, operation, new JsonObject());
  }

  /** The same with arguments. */
  public JsonObject call(String service, String operation, JsonObject arguments) {
    HttpRequest request =
        HttpRequest.newBuilder(endpoint)
            // Some emulators cannot handle an offer to upgrade to HTTP/2.
            .version(HttpClient.Version.HTTP_1_1)
            .header("X-Amz-Target", operation)
            // LocalStack's Kinesis rejects a signature without a date, although it does not check
            // signatures.
            .header("X-Amz-Date", DATE)
            .header("Content-Type", "application/x-amz-json-1.1")
            // The emulator reads service and Region from the credential scope and does not check
            // the signature.
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
