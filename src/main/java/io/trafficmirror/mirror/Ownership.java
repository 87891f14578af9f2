package io.trafficmirror.mirror;

import java.util.Map;
import java.util.TreeMap;

/**
 * Identifies the resources that this deployment manages: those whose deployment tag has this
 * deployment's name. All others, including those of another deployment, are foreign and are never
 * changed.
 *
 * @param deployment this deployment's name: 1 to 64 letters, digits, {@code -} or {@code _}
 */
public record Ownership(String deployment) {

  /** Its value is the name of the deployment that manages the resource. */
  public static final String DEPLOYMENT_TAG = "traffic-mirror-pipeline:deployment";

  /** On sessions: the policy entry that required the session when it was created. */
  public static final String ENTRY_TAG = "traffic-mirror-pipeline:entry";

  /** On sessions: the instance whose primary interface is mirrored. */
  public static final String INSTANCE_TAG = "traffic-mirror-pipeline:instance";

  /** On targets on demand and their instances: the digest of their pool. */
  public static final String POOL_TAG = "traffic-mirror-pipeline:pool";

  /** On targets on demand and their instances: the number of their slot in the pool. */
  public static final String SLOT_TAG = "traffic-mirror-pipeline:slot";

  /** On targets on demand and their instances: the number of earlier instances in the slot. */
  public static final String GENERATION_TAG = "traffic-mirror-pipeline:generation";

  /** On sessions: the trigger of the reconcile that created the session. */
  public static final String TRIGGER_TAG = "traffic-mirror-pipeline:trigger";

  /** Throws {@link IllegalArgumentException} if the name is invalid. */
  public Ownership {
    if (!isValidName(deployment)) {
      throw new IllegalArgumentException(
          "a deployment name has 1 to 64 letters, digits, '-' or '_', got '" + deployment + "'");
    }
  }

  /** Whether {@code text} is a valid deployment name. */
  public static boolean isValidName(String text) {
    return text.matches("[A-Za-z0-9_-]{1,64}");
  }

  /** Whether the session is ours. */
  public boolean owns(Session session) {
    return owns(session.tags());
  }

  /** Whether a resource with these tags is ours. */
  public boolean owns(Map<String, String> tags) {
    return deployment.equals(tags.get(DEPLOYMENT_TAG));
  }

  /** Whether no deployment claims a resource with these tags. */
  public boolean isUnclaimed(Map<String, String> tags) {
    return !tags.containsKey(DEPLOYMENT_TAG);
  }

  /**
   * The tags, sorted by key, that a pool instance, its interface, its volumes and its target get in
   * the calls that create them. They depend on the slot alone, so that every consumer that requests
   * the slot sends an identical request.
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

  /** The tags, sorted by key, that a session gets in the call that creates it. */
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
