package io.trafficmirror.embedded.ec2;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Instance types and the attributes that follow from their names. EC2 has no attribute for
 * mirroring support, so there is none here.
 */
final class InstanceTypeActions {

  static final Set<String> TYPES = DataFiles.lines("instance-types.txt");

  /** The families on Xen (EC2 User Guide, "Instance types", hypervisor). */
  private static final Set<String> XEN =
      Set.of(
          "t1", "t2", "m1", "m2", "m3", "m4", "c1", "c3", "c4", "cc1", "cc2", "cg1", "cr1", "r3",
          "r4", "x1", "x1e", "d2", "h1", "hi1", "hs1", "i2", "i3", "f1", "g2", "g3", "g3s", "p2",
          "p3");

  /** The families of earlier generations (EC2 User Guide, "Previous generation instances"). */
  private static final Set<String> PREVIOUS =
      Set.of(
          "t1", "m1", "m2", "m3", "m4", "c1", "c3", "c4", "cc1", "cc2", "cg1", "cr1", "r3", "r4",
          "hi1", "hs1", "i2", "g2", "g3", "g3s", "p2");

  /** An instance type. */
  private record Type(String id) implements Stored {

    String family() {
      return id.substring(0, id.indexOf('.'));
    }

    boolean metal() {
      return id.startsWith("metal", id.indexOf('.') + 1);
    }

    boolean current() {
      return !PREVIOUS.contains(family());
    }

    Optional<String> hypervisor() {
      return metal() ? Optional.empty() : Optional.of(XEN.contains(family()) ? "xen" : "nitro");
    }
  }

  private final World world;
  private final Listing<Type> listing;

  InstanceTypeActions(World world) {
    this.world = world;
    Store<Type> types = new Store<>(0);
    TYPES.forEach(name -> types.put(new Type(name), Instant.MIN));
    FilterTable<Type> filters =
        new FilterTable<Type>("DescribeInstanceTypes")
            .one("instance-type", Type::id)
            .one("bare-metal", type -> Boolean.toString(type.metal()))
            .one("current-generation", type -> Boolean.toString(type.current()))
            .optional("hypervisor", Type::hypervisor);
    // 5 to 100, by default 100: EC2 API reference.
    Listing.Bounds bounds = new Listing.Bounds(5, 100, Optional.of(100));
    this.listing =
        new Listing<>(
                world,
                "DescribeInstanceTypes",
                types,
                filters,
                bounds,
                InstanceTypeActions::unknown)
            .indexedById("instance-type");
  }

  Map<String, Action> actions() {
    return Map.of(
        "DescribeInstanceTypes", Action.of("InstanceType.# +Filter +Page", this::describe));
  }

  private static ApiException unknown(List<String> types) {
    return new ApiException(
        "InvalidInstanceType",
        "The following supplied instance types do not exist: [%s]"
            .formatted(String.join(", ", types)));
  }

  private void describe(Parameters request, Xml out) {
    List<String> names = request.list("InstanceType");
    if (names.size() > 100) {
      throw new ApiException(
          "InvalidParameterValue", "At most 100 instance types can be named in a request");
    }
    Listing.Page<Type> page = listing.page(request, names, world.current());
    out.open("instanceTypeSet");
    for (Type type : page.items()) {
      out.open("item")
          .text("instanceType", type.id())
          .flag("currentGeneration", type.current())
          .flag("bareMetal", type.metal())
          .text("hypervisor", type.hypervisor())
          .close();
    }
    out.close().text("nextToken", page.nextToken());
  }
}
