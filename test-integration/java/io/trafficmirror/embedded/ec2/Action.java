package io.trafficmirror.embedded.ec2;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One action of the API.
 *
 * @param parameters the names of all its parameters, with {@code #} for list numbers
 * @param required the mandatory parameters
 * @param effect the implementation
 */
record Action(Set<String> parameters, List<String> required, Effect effect) {

  private static final Pattern NUMBER = Pattern.compile("\\.[1-9][0-9]{0,4}(?=\\.|$)");

  /** Performs the request and writes the content of the response's root element. */
  interface Effect {
    void run(Parameters request, Xml out);
  }

  /**
   * Parses a declaration: names separated by spaces, with {@code !} after a mandatory one; {@code
   * +Filter}, {@code +Page}, {@code +Tags} and {@code +Token} stand for common parameters.
   */
  static Action of(String declaration, Effect effect) {
    Set<String> names = new LinkedHashSet<>(Set.of("DryRun"));
    List<String> required = new ArrayList<>();
    for (String word : declaration.split(" ", -1)) {
      switch (word) {
        case "" -> {}
        case "+Filter" -> names.addAll(List.of("Filter.#.Name", "Filter.#.Value.#"));
        case "+Page" -> names.addAll(List.of("MaxResults", "NextToken"));
        case "+Tags" ->
            names.addAll(
                List.of(
                    "TagSpecification.#.ResourceType",
                    "TagSpecification.#.Tag.#.Key",
                    "TagSpecification.#.Tag.#.Value"));
        case "+Token" -> names.add("ClientToken");
        default -> {
          boolean must = word.endsWith("!");
          String name = must ? word.substring(0, word.length() - 1) : word;
          names.add(name);
          if (must) {
            required.add(name);
          }
        }
      }
    }
    return new Action(names, required, effect);
  }

  /** Whether the action has a parameter of that name. */
  boolean takes(String name) {
    return parameters.contains(name)
        || CommonParameters.isCommon(name)
        || parameters.contains(NUMBER.matcher(name).replaceAll(".#"));
  }
}
