package io.trafficmirror.port;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The content of a policy file, not yet parsed.
 *
 * @param name the location that it was read from, as shown in problem reports
 * @param content its bytes; owned by this record and never modified
 */
public record PolicyDocument(String name, byte[] content) {

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PolicyDocument that
        && name.equals(that.name)
        && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
