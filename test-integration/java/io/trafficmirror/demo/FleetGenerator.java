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
 * Makes fleets with everything in them that makes mirroring a fleet hard. The same seed and size
 * give the same text, byte for byte. Not safe for use by several threads; one generator makes one
 * fleet.
 */
final class FleetGenerator {

  /**
   * How many instances of a fleet go to the target that is an interface: EC2 takes 100 sources
   * there (the sensor's type is on AWS's list for that), and the launches come on top.
   */
  private static final int MAX_FOR_THE_SENSOR = 60;

  /** A fleet of fewer has no room for the sensors. */
  private static final int MIN_WITH_SENSORS = 10;

  /** The largest reservation. */
  private static final int MAX_RESERVATION = 30;

  private static final List<String> TYPES =
      List.of("t3.medium", "t3.large", "m5.large", "m6i.xlarge", "c5.xlarge", "c6g.2xlarge");

  /** Types that AWS does not list as a source of traffic mirroring. */
  private static final List<String> UNSUPPORTED_TYPES =
      List.of("t2.micro", "m3.large", "c3.large", "m8g.large", "r8i.xlarge");

  /** A type with several network cards. */
  private static final String MANY_CARDS = "p4d.24xlarge";

  private final Random random;
  private final Set<String> taken = new HashSet<>();
  private int forTheSensor;

  private FleetGenerator(long seed) {
    this.random = new Random(seed);
  }

  /**
   * The output of {@code aws ec2 describe-instances} for a fleet.
   *
   * @param instances how many, from 1
   * @param seed which of all fleets of that size
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

  /** It carries the tag that asks for mirroring, as a careless rollout would give it one. */
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
    return dice < 8 ? MANY_CARDS : pick(TYPES);
  }

  /** The primary interface and others, in any order: the place in the list means nothing. */
  private List<Nic> nics(Subnet home, String type) {
    List<Nic> nics = new ArrayList<>();
    nics.add(nic(home, 0, 0));
    if (type.equals(MANY_CARDS)) {
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
      // Near misses: another case, another key, a number that is not the text.
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
    if (forTheSensor < MAX_FOR_THE_SENSOR && random.nextInt(2) == 0) {
      forTheSensor++;
      return "007";
    }
    return pick(List.of("7", "07", "2024-01-01"));
  }

  private String id(String prefix) {
    String id = prefix + String.format("%017x", random.nextLong() & Long.MAX_VALUE);
    return taken.add(id) ? id : id(prefix);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
