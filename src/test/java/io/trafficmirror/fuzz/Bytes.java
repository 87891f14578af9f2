package io.trafficmirror.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Generates unstructured bytes and mutates bytes without regard to their structure. */
public final class Bytes {

  private static final int MAX_CHANGES = 4;

  private Bytes() {}

  /** Random bytes. */
  public static byte[] any(Random random, int maxLength) {
    byte[] data = new byte[random.nextInt(maxLength + 1)];
    random.nextBytes(data);
    return data;
  }

  /** Random tokens of a language, in any order. */
  public static byte[] ofPieces(Random random, List<String> pieces, int max) {
    StringBuilder text = new StringBuilder();
    for (int left = random.nextInt(max + 1); left > 0; left--) {
      text.append(Hostile.pick(random, pieces));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes, truncated at a random place. */
  public static byte[] cut(Random random, byte[] data) {
    return Arrays.copyOf(data, random.nextInt(data.length + 1));
  }

  /** The bytes with one to four random changes. */
  public static byte[] changed(Random random, byte[] data) {
    byte[] result = data;
    for (int left = 1 + random.nextInt(MAX_CHANGES); left > 0; left--) {
      result = changedOnce(random, result);
    }
    return result;
  }

  private static byte[] changedOnce(Random random, byte[] data) {
    int from = random.nextInt(data.length + 1);
    int to = Math.min(data.length, from + random.nextInt(16));
    return switch (random.nextInt(6)) {
      case 0 -> joined(data, 0, from, any(random, 8), data, to);
      case 1 -> joined(data, 0, from, new byte[0], data, to);
      case 2 -> joined(data, 0, to, Arrays.copyOfRange(data, from, to), data, to);
      case 3 ->
          joined(data, 0, from, Hostile.text(random).getBytes(StandardCharsets.UTF_8), data, from);
      case 4 -> cut(random, data);
      default -> flipped(random, data);
    };
  }

  private static byte[] flipped(Random random, byte[] data) {
    byte[] result = data.clone();
    if (result.length > 0) {
      result[random.nextInt(result.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return result;
  }

  private static byte[] joined(
      byte[] head, int from, int to, byte[] middle, byte[] tail, int rest) {
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    result.write(head, from, to - from);
    result.writeBytes(middle);
    result.write(tail, rest, tail.length - rest);
    return result.toByteArray();
  }
}
