package io.trafficmirror.mirror;

import java.util.Map;
import java.util.TreeMap;

/**
 * Which things in the account are ours: those that carry the manager tag with this deployment's
 * name. Another deployment's things are foreign, and foreign things are never changed.
 *
 * @param deployment this deployment's name: 1 to 64 of letters, digits, {@code -} and {@code _}
 */
public record Ownership(String deployment) {

  /** Its value is the name of the deployment that manages the thing. */
  public static final String DEPLOYMENT_TAG = "traffic-mirror-pipeline:deployment";

  /** On sessions: the policy entry that asked for it when it was made. */
  public static final String ENTRY_TAG = "traffic-mirror-pipeline:entry";

  /** On sessions: the instance whose primary interface is mirrored. */
  public static final String INSTANCE_TAG = "traffic-mirror-pipeline:instance";

  /** On sessions: what brought the instance to our attention when it was made. */
  public static final String TRIGGER_TAG = "traffic-mirror-pipeline:trigger";

  /** Throws {@link IllegalArgumentException} where the name is not such a name. */
  public Ownership {
    if (!isValidName(deployment)) {
      throw new IllegalArgumentException(
          "a deployment's name is 1 to 64 letters, digits, '-' or '_', got '" + deployment + "'");
    }
  }

  /** Whether {@code text} can be the name of a deployment. */
  public static boolean isValidName(String text) {
    return text.matches("[A-Za-z0-9_-]{1,64}");
  }

  /** Whether the session is ours. */
  public boolean owns(Session session) {
    return deployment.equals(session.tags().get(DEPLOYMENT_TAG));
  }

  /** The tags that a session carries from the call that creates it, in the order of their keys. */
  public Map<String, String> sessionTags(String entry, InstanceId instance, Trigger trigger) {
    Map<String, String> tags = new TreeMap<>();
    tags.put("Name", deployment + "-" + instance);
    tags.put(DEPLOYMENT_TAG, deployment);
    tags.put(ENTRY_TAG, entry);
    tags.put(INSTANCE_TAG, instance.value());
    tags.put(TRIGGER_TAG, trigger.label());
    return tags;
  }
}
