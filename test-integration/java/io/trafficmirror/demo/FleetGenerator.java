package io.trafficmirror.demo;

import io.trafficmirror.demo.DemoNetwork.Subnet;
import io.trafficmirror.demo.Machine.Nic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/**
 * Generates fleets that contain all difficult cases. The same size and seed give identical output.
 * An instance generates one fleet. Not safe for use by several threads.
 */
final class FleetGenerator {

  /**
   * The maximum number of sources for the target on an interface. EC2 accepts 100 there, because
   * the type of the sensor is on AWS's list of large targets; launches add to this number.
   */
  private static final int MAX_SENSOR_SOURCES = 60;

  /** The minimum size of a fleet with sensors. */
  private static final int MIN_WITH_SENSORS = 10;

  /** The maximum number of instances per reservation. */
  private static final int MAX_RESERVATION = 30;

  private static final List<String> TYPES =
      List.of("t3.medium", "t3.large", "m5.large", "m6i.xlarge", "c5.xlarge", "c6g.2xlarge");

  /** Types that AWS does not list as sources for Traffic Mirroring. */
  private static final List<String> UNSUPPORTED_TYPES =
      List.of("t2.micro", "m3.large", "c3.large", "m8g.large", "r8i.xlarge");

  /** A type with several network cards. */
  private static final String MULTI_CARD_TYPE = "p4d.24xlarge";

  private final Random random;
  private final Set<String> usedIds = new HashSet<>();
  private int sensorSources;

  private FleetGenerator(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Generates a fleet in the format of {@code aws ec2 describe-instances}.
   *
   * @param instances the number of instances, at least 1
   * @param seed the random seed
   */
  static String generate(int instances, long seed) {
    return FleetJson.write(new FleetGenerator(seed).reservations(instances));
  }

  private List<List<Machine>> reservations(int instances) {
    List<List<Machine>> all = new ArrayList<>();
    if (instances >= MIN_WITH_SENSORS) {
      all.add(List.of(sensor(DemoNetwork.SENSOR_TARGET), sensor(DemoNetwork.SPARE_TARGET)));
    }
    int left = instances - all.stream().mapToInt(List::size).sum();
    while (left > 0) {
      int size = Math.min(left, random.nextInt(3) == 0 ? 1 : 1 + random.nextInt(MAX_RESERVATION));
      List<Machine> reservation = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        reservation.add(machine());
      }
      all.add(reservation);
      left -= size;
    }
    return all;
  }

  /**
   * A sensor. It has the tag for mirroring, as after a careless rollout, but must not be mirrored.
   */
  private Machine sensor(String target) {
    Subnet home = DemoNetwork.subnets().get(3);
    Map<String, String> tags = Map.of("Name", "sensor", "mirror", "on", Machine.SENSOR_TAG, target);
    List<Nic> nics = List.of(nic(home, 1, 0), nic(home, 0, 0));
    return new Machine(
        id("i-"),
        "c5n.18xlarge",
        "running",
        Optional.of(home.id()),
        Optional.of(home.vpc()),
        tags,
        nics);
  }

  private Machine machine() {
    String state = state();
    String type = type();
    Subnet home = pick(DemoNetwork.subnets());
    Map<String, String> tags = tags();
    if (state.equals("terminated")) {
      return new Machine(
          id("i-"), type, state, Optional.empty(), Optional.empty(), tags, List.of());
    }
    return new Machine(
        id("i-"),
        type,
        state,
        Optional.of(home.id()),
        Optional.of(home.vpc()),
        tags,
        nics(home, type));
  }

  private String state() {
    int dice = random.nextInt(100);
    if (dice < 86) {
      return "running";
    }
    if (dice < 91) {
      return "stopped";
    }
    if (dice < 95) {
      return "terminated";
    }
    if (dice < 98) {
      return "pending";
    }
    return dice == 98 ? "shutting-down" : "stopping";
  }

  private String type() {
    int dice = random.nextInt(100);
    if (dice < 5) {
      return pick(UNSUPPORTED_TYPES);
    }
    return dice < 8 ? MULTI_CARD_TYPE : pick(TYPES);
  }

  /** The primary and additional interfaces, shuffled because their order has no meaning. */
  private List<Nic> nics(Subnet home, String type) {
    List<Nic> nics = new ArrayList<>();
    nics.add(nic(home, 0, 0));
    if (type.equals(MULTI_CARD_TYPE)) {
      // Device index 0 of another card is not the primary interface.
      nics.add(nic(pick(DemoNetwork.siblings(home)), 0, 1));
      nics.add(nic(pick(DemoNetwork.siblings(home)), 1, 2));
    } else if (random.nextInt(4) == 0) {
      int more = 1 + random.nextInt(2);
      for (int index = 1; index <= more; index++) {
        nics.add(nic(pick(DemoNetwork.siblings(home)), index, 0));
      }
    }
    Collections.shuffle(nics, random);
    return nics;
  }

  private Nic nic(Subnet subnet, int deviceIndex, int card) {
    return new Nic(id("eni-"), deviceIndex, card, subnet.id(), subnet.vpc(), "interface");
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new TreeMap<>();
    if (random.nextInt(10) > 0) {
      tags.put("Name", pick(List.of("web", "api", "db", "worker", "größe-xl", "")));
    }
    int dice = random.nextInt(100);
    if (dice < 20) {
      tags.put("mirror", pick(List.of("on", "on", "true")));
    } else if (dice < 26) {
      // Near misses: a different key, or a different case of key or value.
      tags.put(pick(List.of("mirror", "Mirror", "MIRROR")), pick(List.of("ON", "off", "")));
    }
    if (random.nextInt(100) < 8) {
      tags.put("code", code());
    }
    if (random.nextInt(100) < 4) {
      tags.put("team", pick(List.of("sécurité", "securite")));
    }
    if (random.nextInt(100) < 3) {
      tags.put("forensics", "yes");
    }
    return tags;
  }

  private String code() {
    if (sensorSources < MAX_SENSOR_SOURCES && random.nextInt(2) == 0) {
      sensorSources++;
      return "007";
    }
    return pick(List.of("7", "07", "2024-01-01"));
  }

  private String id(String prefix) {
    String id = prefix + String.format("%017x", random.nextLong() & Long.MAX_VALUE);
    return usedIds.add(id) ? id : id(prefix);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
