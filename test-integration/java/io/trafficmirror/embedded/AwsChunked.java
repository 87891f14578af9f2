package io.trafficmirror.embedded;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The body of an upload in S3's aws-chunked encoding, which the SDK uses when it signs each chunk
 * or sends a trailing checksum.
 *
 * @param data the decoded payload
 * @param trailers the trailing headers, by lower-case name
 */
record AwsChunked(byte[] data, Map<String, String> trailers) {

  /** Decodes the body of a call if it is chunked. */
  static AwsChunked of(HttpCall call) {
    boolean chunked = call.header("x-amz-content-sha256").orElse("").startsWith("STREAMING-");
    if (!chunked) {
      return new AwsChunked(call.body(), Map.of());
    }
    AwsChunked decoded = new Reader(call.body()).read();
    String announced = call.header("x-amz-decoded-content-length").orElse("missing");
    if (!announced.equals(Integer.toString(decoded.data.length))) {
      throw new ServiceException(
          400, "IncompleteBody", "Got " + decoded.data.length + " bytes instead of " + announced);
    }
    return decoded;
  }

  private static final class Reader {
    private final byte[] body;
    private int at;

    Reader(byte[] body) {
      this.body = body;
    }

    AwsChunked read() {
      ByteArrayOutputStream data = new ByteArrayOutputStream(body.length);
      for (int size = chunkSize(); size > 0; size = chunkSize()) {
        if (at + size > body.length) {
          throw broken();
        }
        data.write(body, at, size);
        at += size;
        if (!line().isEmpty()) {
          throw broken();
        }
      }
      Map<String, String> trailers = new TreeMap<>();
      while (at < body.length) {
        String line = line();
        int colon = line.indexOf(':');
        if (colon > 0) {
          String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
          trailers.put(name, line.substring(colon + 1).strip());
        }
      }
      return new AwsChunked(data.toByteArray(), trailers);
    }

    /** Reads a chunk header: the size in hexadecimal, optionally followed by a signature. */
    private int chunkSize() {
      String line = line();
      int semicolon = line.indexOf(';');
      try {
        return Integer.parseInt(semicolon < 0 ? line : line.substring(0, semicolon), 16);
      } catch (NumberFormatException notHexadecimal) {
        throw broken();
      }
    }

    private String line() {
      int end = at;
      while (end + 1 < body.length && !(body[end] == '\r' && body[end + 1] == '\n')) {
        end++;
      }
      if (end + 1 >= body.length) {
        throw broken();
      }
      String line = new String(body, at, end - at, StandardCharsets.US_ASCII);
      at = end + 2;
      return line;
    }

    private static ServiceException broken() {
      return new ServiceException(400, "IncompleteBody", "The chunked body is broken");
    }
  }
}
