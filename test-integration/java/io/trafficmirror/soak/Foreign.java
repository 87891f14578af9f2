package io.trafficmirror.soak;

import io.trafficmirror.embedded.EmbeddedEc2;
import io.trafficmirror.embedded.SessionView;
import java.util.Map;

/** Sessions of another team, which nobody of ours may touch. */
final class Foreign {

  static final String TARGET = "tmt-0foreign";
  static final String FILTER = "tmf-0foreign";
  private static final Map<String, String> TAGS = Map.of("team", "another");

  private Foreign() {}

  /** Puts one on an interface; answers its id. */
  static String put(EmbeddedEc2 ec2, String interfaceId) {
    String id = interfaceId.replace("eni-", "tms-0f");
    ec2.putSession(id, interfaceId, TARGET, FILTER, Expectation.FOREIGN_NUMBER, TAGS);
    return id;
  }

  static boolean isUntouched(SessionView session) {
    return session.targetId().equals(TARGET)
        && session.filterId().equals(FILTER)
        && session.number() == Expectation.FOREIGN_NUMBER
        && session.tags().equals(TAGS);
  }
}
