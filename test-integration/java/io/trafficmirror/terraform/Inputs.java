package io.trafficmirror.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the configuration is told.
 *
 * @param flags as {@code plan} and {@code destroy} take it; later ones win
 */
public record Inputs(List<String> flags) {

  /** Copies the list. */
  public Inputs {
    flags = List.copyOf(flags);
  }

  /** Nothing: the defaults. */
  public static Inputs none() {
    return new Inputs(List.of());
  }

  /** A file of variables, relative to the root of the configuration. */
  public static Inputs file(String path) {
    return new Inputs(List.of("-var-file=" + path));
  }

  /** These and one more; the value is HCL where the variable is no text. */
  public Inputs with(String variable, String value) {
    return with(Map.of(variable, value));
  }

  /** These and some more. */
  public Inputs with(Map<String, String> variables) {
    List<String> all = new ArrayList<>(flags);
    new TreeMap<>(variables).forEach((name, value) -> all.add("-var=" + name + "=" + value));
    return new Inputs(all);
  }
}
