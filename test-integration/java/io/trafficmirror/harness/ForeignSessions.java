package io.trafficmirror.harness;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.SessionView;
import java.util.List;
import java.util.Map;

/** Sessions of another team, which the deployment must not change. */
public final class ForeignSessions {

  /** Their target. */
  public static final String TARGET = "tmt-0foreign";

  /** Their filter. */
  public static final String FILTER = "tmf-0foreign";

  /** Their session number, which is also the default for sessions of the deployment. */
  public static final int NUMBER = 100;

  private static final Map<String, String> TAGS = Map.of("team", "another");

  private ForeignSessions() {}

  /** Creates their target and filter. */
  public static void prepare(EmbeddedEc2 ec2) {
    new FleetSpec(List.of(), List.of(), List.of(FILTER), List.of(TARGET)).putInto(ec2);
  }

  /** Creates a session on an interface and returns its id. */
  public static String put(EmbeddedEc2 ec2, String interfaceId) {
    String id = interfaceId.replace("eni-", "tms-0f");
    ec2.putSession(id, interfaceId, TARGET, FILTER, NUMBER, TAGS);
    return id;
  }

  /** Whether a foreign session is unchanged. */
  public static boolean isUntouched(SessionView session) {
    return session.targetId().equals(TARGET)
        && session.filterId().equals(FILTER)
        && session.number() == NUMBER
        && session.tags().equals(TAGS);
  }
}
