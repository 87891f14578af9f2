package io.trafficmirror.mirror;

import java.util.List;

/** The instances that an entry applies to. */
public sealed interface Selector {

  /** Whether it selects the instance. */
  boolean matches(Instance instance);

  /**
   * Instances with at least one of these tags, as in the predecessor of this program.
   *
   * @param anyOf at least one
   */
  record ByTags(List<Tag> anyOf) implements Selector {
    /** Copies the list. */
    public ByTags {
      anyOf = List.copyOf(anyOf);
    }

    @Override
    public boolean matches(Instance instance) {
      return anyOf.stream().anyMatch(tag -> tag.value().equals(instance.tags().get(tag.key())));
    }
  }

  /**
   * Instances whose primary interface is in a subnet.
   *
   * @param subnet the subnet
   */
  record BySubnet(SubnetId subnet) implements Selector {
    @Override
    public boolean matches(Instance instance) {
      return instance.subnet().filter(subnet::equals).isPresent();
    }
  }

  /**
   * Instances whose primary interface is in a VPC.
   *
   * @param vpc the VPC
   */
  record ByVpc(VpcId vpc) implements Selector {
    @Override
    public boolean matches(Instance instance) {
      return instance.vpc().filter(vpc::equals).isPresent();
    }
  }

  /**
   * A tag of an instance.
   *
   * @param key its key, case-sensitive
   * @param value its value, case-sensitive
   */
  record Tag(String key, String value) {}
}
