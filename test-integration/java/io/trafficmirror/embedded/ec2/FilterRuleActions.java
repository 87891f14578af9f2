package io.trafficmirror.embedded.ec2;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The rules of mirror filters. */
final class FilterRuleActions {

  /** Rules per filter (Traffic Mirroring quotas). */
  private static final int MAXIMUM = 10;

  private static final String KIND = "traffic-mirror-filter-rule";

  private final World world;

  FilterRuleActions(World world) {
    this.world = world;
  }

  Map<String, Action> actions() {
    return Map.of(
        "CreateTrafficMirrorFilterRule",
        Action.of(
            "TrafficMirrorFilterId! TrafficDirection! RuleNumber! RuleAction! Protocol"
                + " DestinationPortRange.FromPort DestinationPortRange.ToPort"
                + " SourcePortRange.FromPort SourcePortRange.ToPort"
                + " DestinationCidrBlock! SourceCidrBlock! Description +Token",
            this::create),
        "DeleteTrafficMirrorFilterRule",
        Action.of("TrafficMirrorFilterRuleId!", this::delete));
  }

  /** The result of a client token. */
  private record Made(String filterId, MirrorFilter.Rule rule) {}

  private void create(Parameters request, Xml out) {
    Optional<String> token = ClientTokens.of(request);
    String digest = request.canonical(Set.of("ClientToken", "DryRun"));
    Made made =
        token
            .flatMap(t -> world.clientTokens().replay(KIND, t, digest, Made.class))
            .filter(before -> owner(before.rule().id()).isPresent())
            .orElseGet(() -> make(request));
    token.ifPresent(t -> world.clientTokens().remember(KIND, t, digest, made));
    FilterXml.writeRule(out.open("trafficMirrorFilterRule"), made.filterId(), made.rule());
    out.close().text("clientToken", token);
  }

  private Made make(Parameters request) {
    String filterId = request.required("TrafficMirrorFilterId");
    MirrorFilter filter =
        world.filters.now(filterId).orElseThrow(() -> NotFound.filters(world, List.of(filterId)));
    MirrorFilter.Rule rule = rule(request);
    boolean taken =
        filter.rules().stream()
            .anyMatch(
                other ->
                    other.number() == rule.number() && other.direction().equals(rule.direction()));
    if (taken) {
      throw new ApiException(
          "TrafficMirrorFilterRuleAlreadyExists",
          "Rule %d of %s exists already".formatted(rule.number(), filterId));
    }
    if (filter.rules().size() >= MAXIMUM) {
      throw new ApiException(
          "TrafficMirrorFilterRuleLimitExceeded",
          "Rules per filter limit reached (%d)".formatted(MAXIMUM + 1));
    }
    List<MirrorFilter.Rule> rules = new ArrayList<>(filter.rules());
    rules.add(rule);
    world.filters.put(filter.withRules(rules), world.now());
    return new Made(filterId, rule);
  }

  private MirrorFilter.Rule rule(Parameters request) {
    String source = cidr(request, "SourceCidrBlock");
    String destination = cidr(request, "DestinationCidrBlock");
    if (source.contains(":") != destination.contains(":")) {
      throw new ApiException(
          "InvalidParameterValue", "Source and destination must be of the same IP version");
    }
    return new MirrorFilter.Rule(
        world.ids().next("tmfr"),
        oneOf(request, "TrafficDirection", Set.of("ingress", "egress")),
        request.requiredInteger("RuleNumber"),
        oneOf(request, "RuleAction", Set.of("accept", "reject")),
        request.integer("Protocol"),
        ports(request, "SourcePortRange"),
        ports(request, "DestinationPortRange"),
        source,
        destination,
        request.text("Description"));
  }

  private static String oneOf(Parameters request, String name, Set<String> values) {
    String value = request.required(name);
    if (!values.contains(value)) {
      throw ApiException.invalidValue(value, name);
    }
    return value;
  }

  private static String cidr(Parameters request, String name) {
    String value = request.required(name);
    boolean version6 = value.matches("[0-9a-fA-F:]*:[0-9a-fA-F:]*/[0-9]{1,3}");
    if (!version6 && Cidr.parse(value).isEmpty()) {
      throw ApiException.invalidValue(value, name);
    }
    return value;
  }

  private static Optional<MirrorFilter.Ports> ports(Parameters request, String name) {
    Optional<Integer> from = request.integer(name + ".FromPort");
    Optional<Integer> to = request.integer(name + ".ToPort");
    return from.isEmpty() && to.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new MirrorFilter.Ports(
                from.orElseGet(to::orElseThrow), to.orElseGet(from::orElseThrow)));
  }

  private void delete(Parameters request, Xml out) {
    String id = request.required("TrafficMirrorFilterRuleId");
    MirrorFilter filter = owner(id).orElseThrow(() -> NotFound.filterRules(world, List.of(id)));
    world.filters.put(
        filter.withRules(filter.rules().stream().filter(rule -> !rule.id().equals(id)).toList()),
        world.now());
    out.text("trafficMirrorFilterRuleId", id);
  }

  private Optional<MirrorFilter> owner(String ruleId) {
    return world.filters.all().stream()
        .filter(filter -> filter.rules().stream().anyMatch(rule -> rule.id().equals(ruleId)))
        .findFirst();
  }
}
