package io.trafficmirror.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The input variables of the configuration.
 *
 * @param flags flags for {@code plan} and {@code destroy}; later ones take precedence
 */
public record Inputs(List<String> flags) {

  /** Copies the list. */
  public Inputs {
    flags = List.copyOf(flags);
  }

  /** No inputs: the defaults. */
  public static Inputs none() {
    return new Inputs(List.of());
  }

  /** A variables file, relative to the root of the configuration. */
  public static Inputs file(String path) {
    return new Inputs(List.of("-var-file=" + path));
  }

  /** These inputs and another variable; the value is HCL unless the variable is a string. */
  public Inputs with(String variable, String value) {
    return with(Map.of(variable, value));
  }

  /** These inputs and more variables. */
  public Inputs with(Map<String, String> variables) {
    List<String> all = new ArrayList<>(flags);
    new TreeMap<>(variables).forEach((name, value) -> all.add("-var=" + name + "=" + value));
    return new Inputs(all);
  }
}
