package io.trafficmirror.embedded.ec2;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The values of one filter, any of which may match. {@code *} stands for any text, {@code ?} for
 * one character, and a backslash escapes these three characters. Case-sensitive.
 */
final class ValuePattern {

  private final Set<String> exact = new LinkedHashSet<>();
  private final List<Pattern> wild = new ArrayList<>();

  ValuePattern(List<String> values) {
    values.forEach(this::add);
  }

  private void add(String value) {
    StringBuilder literal = new StringBuilder();
    StringBuilder regex = new StringBuilder();
    boolean hasWildcard = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '*' || c == '?') {
        hasWildcard = true;
        regex.append(c == '*' ? ".*" : ".");
        continue;
      }
      if (c == '\\' && i + 1 < value.length() && "*?\\".indexOf(value.charAt(i + 1)) >= 0) {
        i++;
        c = value.charAt(i);
      }
      literal.append(c);
      regex.append(Pattern.quote(String.valueOf(c)));
    }
    if (hasWildcard) {
      wild.add(Pattern.compile(regex.toString(), Pattern.DOTALL));
    } else {
      exact.add(literal.toString());
    }
  }

  boolean matches(String text) {
    return exact.contains(text) || wild.stream().anyMatch(p -> p.matcher(text).matches());
  }

  /** The matching texts, if there are no wildcards. */
  Optional<Set<String>> listed() {
    return wild.isEmpty() ? Optional.of(exact) : Optional.empty();
  }
}
