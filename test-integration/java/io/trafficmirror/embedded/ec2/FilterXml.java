package io.trafficmirror.embedded.ec2;

import java.util.Optional;

/** Writes mirror filters and their rules. */
final class FilterXml {

  private FilterXml() {}

  static void write(Xml out, MirrorFilter filter) {
    out.text("trafficMirrorFilterId", filter.id());
    writeRules(out, filter, "ingress");
    writeRules(out, filter, "egress");
    out.empty("networkServiceSet").text("description", filter.description());
    Tags.write(out, filter.tags());
  }

  private static void writeRules(Xml out, MirrorFilter filter, String direction) {
    out.open(direction + "FilterRuleSet");
    for (MirrorFilter.Rule rule : filter.rules()) {
      if (rule.direction().equals(direction)) {
        writeRule(out.open("item"), filter.id(), rule);
        out.close();
      }
    }
    out.close();
  }

  static void writeRule(Xml out, String filterId, MirrorFilter.Rule rule) {
    out.text("trafficMirrorFilterRuleId", rule.id())
        .text("trafficMirrorFilterId", filterId)
        .text("trafficDirection", rule.direction())
        .number("ruleNumber", rule.number())
        .text("ruleAction", rule.action())
        .number("protocol", rule.protocol());
    writePorts(out, "destinationPortRange", rule.destination());
    writePorts(out, "sourcePortRange", rule.source());
    out.text("destinationCidrBlock", rule.destinationCidr())
        .text("sourceCidrBlock", rule.sourceCidr())
        .text("description", rule.description());
  }

  private static void writePorts(Xml out, String name, Optional<MirrorFilter.Ports> ports) {
    ports.ifPresent(
        range ->
            out.open(name).number("fromPort", range.from()).number("toPort", range.to()).close());
  }
}
