package io.trafficmirror.demo;

import io.trafficmirror.harness.TargetPool;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * A mirror policy as the verdict interprets it: read with a generic YAML loader whose schema treats
 * every scalar as a string, and not with the product's parser. Expects a file that the product's
 * parser accepts.
 *
 * @param entries in the order of evaluation: tags, subnets, VPCs
 */
record WantedPolicy(List<Wanted> entries) {

  WantedPolicy {
    entries = List.copyOf(entries);
  }

  /** Parses a policy. */
  static WantedPolicy parse(String yaml) {
    LoadSettings settings = LoadSettings.builder().setSchema(new FailsafeSchema()).build();
    Map<?, ?> root = (Map<?, ?>) new Load(settings).loadFromString(yaml);
    List<Wanted> entries = new ArrayList<>();
    for (String section : List.of("tags", "subnets", "vpcs")) {
      int index = 0;
      for (Map<?, ?> entry : maps(root.get(section))) {
        String name = "%s[%d]".formatted(section, index++);
        entries.add(
            new Wanted(
                name, selector(section, entry), id(entry, "targetId"), pool(entry), filter(entry)));
      }
    }
    return new WantedPolicy(entries);
  }

  /** The first entry that matches the instance. */
  Optional<Wanted> wanted(Machine machine) {
    return entries.stream().filter(entry -> entry.matches().test(machine)).findFirst();
  }

  /** All mirror targets that entries refer to. */
  Set<String> targets() {
    Set<String> targets = new LinkedHashSet<>();
    entries.forEach(entry -> entry.target().ifPresent(targets::add));
    return targets;
  }

  /** All subnets that entries specify for launching targets. */
  Set<String> targetSubnets() {
    Set<String> subnets = new LinkedHashSet<>();
    entries.forEach(entry -> entry.pool().flatMap(TargetPool::subnet).ifPresent(subnets::add));
    return subnets;
  }

  /** All mirror filters that entries refer to. */
  Set<String> filters() {
    Set<String> filters = new LinkedHashSet<>();
    entries.forEach(entry -> filters.add(entry.filter()));
    return filters;
  }

  private static Predicate<Machine> selector(String section, Map<?, ?> entry) {
    return switch (section) {
      case "tags" -> {
        List<Map<?, ?>> tags = maps(entry.get("tagList"));
        yield machine -> tags.stream().anyMatch(tag -> hasTag(machine, tag));
      }
      case "subnets" -> {
        Optional<String> subnet = id(entry, "subnetId");
        yield machine -> subnet.isPresent() && subnet.equals(machine.subnet());
      }
      default -> {
        Optional<String> vpc = id(entry, "vpcId");
        yield machine -> vpc.isPresent() && vpc.equals(machine.vpc());
      }
    };
  }

  private static boolean hasTag(Machine machine, Map<?, ?> tag) {
    String value = machine.tags().get(String.valueOf(tag.get("Key")));
    return value != null && value.equals(tag.get("Value"));
  }

  private static Optional<TargetPool> pool(Map<?, ?> entry) {
    Optional<String> type = id(entry, "targetInstanceType");
    if (type.isEmpty()) {
      return Optional.empty();
    }
    List<String> groups = new ArrayList<>();
    if (entry.get("targetSecurityGroupIds") instanceof List<?> list) {
      list.forEach(group -> groups.add(String.valueOf(group)));
    }
    return Optional.of(
        new TargetPool(
            type.get(),
            id(entry, "targetInstanceAmi").orElse(""),
            groups,
            id(entry, "targetSubnetId")));
  }

  private static String filter(Map<?, ?> entry) {
    return id(entry, "filterId").orElse("");
  }

  /** A value of an entry. The placeholder in the examples of the predecessor counts as missing. */
  private static Optional<String> id(Map<?, ?> entry, String key) {
    return Optional.ofNullable(entry.get(key))
        .map(Object::toString)
        .filter(value -> !value.isBlank() && !value.equals("<INSERT_VALUE>"));
  }

  private static List<Map<?, ?>> maps(@Nullable Object section) {
    List<Map<?, ?>> maps = new ArrayList<>();
    if (section instanceof List<?> list) {
      list.forEach(element -> maps.add((Map<?, ?>) element));
    }
    return maps;
  }

  /**
   * A policy entry.
   *
   * @param name its name, such as {@code tags[0]}
   * @param matches whether it matches an instance
   * @param target its mirror target; empty for a target on demand
   * @param pool the launch parameters of its targets on demand, if any; a mirror target takes
   *     precedence
   * @param filter its mirror filter
   */
  record Wanted(
      String name,
      Predicate<Machine> matches,
      Optional<String> target,
      Optional<TargetPool> pool,
      String filter) {

    /** The target of a session from this interface: a target id, or the place of a pool. */
    Optional<String> place(Machine.Nic source) {
      return target.or(() -> pool.map(each -> each.forSource(source.subnet()).place()));
    }
  }
}
