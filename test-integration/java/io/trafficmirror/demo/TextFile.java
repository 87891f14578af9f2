package io.trafficmirror.demo;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads files given on the command line. */
final class TextFile {

  private TextFile() {}

  /** Reads the file as UTF-8 text. */
  static String read(Path file) throws DemoError {
    return decode(file.toString(), bytes(file));
  }

  /** Reads the file. */
  static byte[] bytes(Path file) throws DemoError {
    if (!Files.exists(file)) {
      throw new DemoError(file + ": no such file");
    }
    if (!Files.isRegularFile(file)) {
      throw new DemoError(file + ": not a regular file");
    }
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DemoError(file + ": cannot read the file: " + e.getMessage());
    }
  }

  private static String decode(String file, byte[] content) throws DemoError {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
    } catch (CharacterCodingException e) {
      throw new DemoError(file + ": not UTF-8 text");
    }
  }
}
