package io.trafficmirror.harness;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.InstanceSeed;
import io.trafficmirror.embedded.SessionView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Instances in embedded EC2, each of a known kind. The nth instance of every fleet has the same
 * ids. For use by one thread.
 *
 * @param <K> the type of the kinds
 */
public final class Fleet<K extends SourceKind> {

  /** Types that EC2 does not mirror (VPC Traffic Mirroring guide, limitations). */
  private static final List<String> UNSUPPORTED_TYPES = List.of("t2.micro", "m8g.large");

  /**
   * An instance of the fleet.
   *
   * @param instance the instance id
   * @param primary the primary interface
   * @param kind the kind
   * @param mirrorable false if EC2 cannot mirror its type; no session is expected then
   */
  public record Member<K extends SourceKind>(
      String instance, String primary, K kind, boolean mirrorable) {

    /** The expected session. */
    public SessionCheck.Expected expected() {
      return mirrorable
          ? kind.expected(instance, primary)
          : SessionCheck.Expected.none(instance, primary);
    }
  }

  private final EmbeddedEc2 ec2;
  private final List<Member<K>> members = new ArrayList<>();
  private List<SessionView> foreign = List.of();

  /** Creates an empty fleet in an account set up according to the specification. */
  public Fleet(EmbeddedEc2 ec2, FleetSpec spec) {
    this.ec2 = ec2;
    spec.putInto(ec2);
  }

  /** Adds an instance without an event. */
  public Member<K> add(K kind) {
    return add(kind, true);
  }

  /** Adds an instance without an event. Unless mirrorable, it has a type that EC2 cannot mirror. */
  public Member<K> add(K kind, boolean mirrorable) {
    int number = members.size() + 1;
    String suffix = "%04d".formatted(number);
    Member<K> member = new Member<>("i-" + suffix, "eni-" + suffix, kind, mirrorable);
    InstanceSeed seed = kind.instance(member.instance(), member.primary());
    ec2.putInstance(mirrorable ? seed : seed.withType(UNSUPPORTED_TYPES.get(number % 2)));
    kind.createRelated(ec2, member.instance(), member.primary());
    members.add(member);
    foreign =
        ec2.sessions().stream().filter(session -> !SessionCheck.isManaged(session.tags())).toList();
    return member;
  }

  /** Adds several instances of one kind without events. */
  public List<Member<K>> add(K kind, int count) {
    List<Member<K>> added = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      added.add(add(kind));
    }
    return added;
  }

  /** The instances, oldest first. */
  public List<Member<K>> members() {
    return List.copyOf(members);
  }

  /** The expected session of each instance. */
  public List<SessionCheck.Expected> expected() {
    return members.stream().map(Member::expected).toList();
  }

  /** The minimum number of target instances per pool. */
  public Map<String, Integer> needed() {
    return TargetPool.needed(
        expected().stream()
            .flatMap(each -> each.wanted().stream().limit(1))
            .map(SessionCheck.Wanted::target)
            .toList());
  }

  /**
   * Asserts that every instance has its expected session, that there are no other sessions of the
   * deployment, and that foreign sessions are unchanged.
   */
  public void assertMirrored() {
    List<SessionView> sessions = ec2.sessions();
    List<SessionView> ours =
        sessions.stream().filter(s -> SessionCheck.isManaged(s.tags())).toList();
    assertThat(new SessionCheck(expected(), ours, TargetInstances.of(ec2)::place).discrepancies())
        .isEqualTo(Discrepancies.none());
    assertThat(sessions.stream().filter(session -> !SessionCheck.isManaged(session.tags())))
        .as("foreign sessions")
        .containsExactlyInAnyOrderElementsOf(foreign);
  }
}
