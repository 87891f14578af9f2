package io.trafficmirror.embedded;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/** The digests that the services compute. */
final class Digests {

  private Digests() {}

  static byte[] of(String algorithm, byte[] data) {
    try {
      return MessageDigest.getInstance(algorithm).digest(data);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(algorithm + " is available in every JDK", impossible);
    }
  }

  static String hex(String algorithm, byte[] data) {
    return HexFormat.of().formatHex(of(algorithm, data));
  }

  /** An S3 checksum in base64, by its name in a header; empty for an unknown algorithm. */
  static Optional<String> s3Checksum(String name, byte[] data) {
    Optional<byte[]> sum =
        switch (name) {
          case "crc32" -> Optional.of(crc(new CRC32(), data));
          case "crc32c" -> Optional.of(crc(new CRC32C(), data));
          case "sha1" -> Optional.of(of("SHA-1", data));
          case "sha256" -> Optional.of(of("SHA-256", data));
          default -> Optional.empty();
        };
    return sum.map(Base64.getEncoder()::encodeToString);
  }

  private static byte[] crc(Checksum checksum, byte[] data) {
    checksum.update(data);
    return ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array();
  }
}
