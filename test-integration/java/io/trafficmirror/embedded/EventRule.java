package io.trafficmirror.embedded;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.Machine;

/** One rule of the default event bus. AWS's own Event Ruler evaluates its pattern. Thread-safe. */
final class EventRule {

  private final String name;
  private final String pattern;
  private final String description;
  private final Machine machine;
  private final Map<String, EventTarget> targets = new LinkedHashMap<>();
  private boolean enabled;

  private EventRule(
      String name, String pattern, String description, boolean enabled, Machine machine) {
    this.name = name;
    this.pattern = pattern;
    this.description = description;
    this.enabled = enabled;
    this.machine = machine;
  }

  /**
   * Creates a rule.
   *
   * @throws ServiceException if Event Ruler rejects the pattern
   */
  static EventRule of(String name, String pattern, String description, boolean enabled) {
    Machine machine = Machine.builder().build();
    try {
      machine.addRule(name, pattern);
    } catch (IOException | RuntimeException notAPattern) {
      throw new ServiceException(
          400,
          "InvalidEventPatternException",
          "Event pattern is not valid. Reason: " + notAPattern.getMessage());
    }
    return new EventRule(name, pattern, description, enabled, machine);
  }

  String name() {
    return name;
  }

  String pattern() {
    return pattern;
  }

  String description() {
    return description;
  }

  synchronized boolean enabled() {
    return enabled;
  }

  synchronized void enable(boolean on) {
    enabled = on;
  }

  synchronized boolean matches(JsonNode event) {
    return enabled && !machine.rulesForJSONEvent(event).isEmpty();
  }

  synchronized void put(EventTarget target) {
    targets.put(target.id(), target);
  }

  synchronized void putAll(Collection<EventTarget> more) {
    more.forEach(this::put);
  }

  synchronized boolean remove(String targetId) {
    return targets.remove(targetId) != null;
  }

  synchronized List<EventTarget> targets() {
    return List.copyOf(targets.values());
  }
}
