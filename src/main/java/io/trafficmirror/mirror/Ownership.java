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

  /** On targets on demand and their instances: the digest of the pool that they belong to. */
  public static final String POOL_TAG = "traffic-mirror-pipeline:pool";

  /** On targets on demand and their instances: the number of their place in the pool. */
  public static final String SLOT_TAG = "traffic-mirror-pipeline:slot";

  /** On targets on demand and their instances: how many have been in that place before. */
  public static final String GENERATION_TAG = "traffic-mirror-pipeline:generation";

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
    return owns(session.tags());
  }

  /** Whether what carries these tags is ours. */
  public boolean owns(Map<String, String> tags) {
    return deployment.equals(tags.get(DEPLOYMENT_TAG));
  }

  /** Whether nobody of our kind says that what carries these tags is theirs. */
  public boolean isUnclaimed(Map<String, String> tags) {
    return !tags.containsKey(DEPLOYMENT_TAG);
  }

  /**
   * The tags that an instance of a pool, its interface, its volumes and its target carry from the
   * calls that create them, in the order of their keys. They are a function of the slot alone, so
   * that everybody who asks for it asks for the same.
   */
  public Map<String, String> slotTags(Slot slot) {
    Map<String, String> tags = new TreeMap<>();
    tags.put("Name", "%s-target-%.8s-%d".formatted(deployment, slot.pool(), slot.number()));
    tags.put(DEPLOYMENT_TAG, deployment);
    tags.put(POOL_TAG, slot.pool());
    tags.put(SLOT_TAG, Integer.toString(slot.number()));
    tags.put(GENERATION_TAG, Integer.toString(slot.generation()));
    return tags;
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
