package io.trafficmirror.mirror;

/**
 * The session that the policy wants for an instance.
 *
 * @param entry the policy entry that asks for it, for example {@code tags[0]}
 * @param destination where the traffic goes
 * @param filter which traffic goes there
 * @param number the session number to use where it is free, 1 to 32,766
 */
public record DesiredSession(String entry, Destination destination, FilterId filter, int number) {

  /** The session number where a policy entry names none. */
  public static final int DEFAULT_NUMBER = 100;

  /** The lowest session number (AWS: CreateTrafficMirrorSession). */
  public static final int MIN_NUMBER = 1;

  /** The highest session number (AWS: CreateTrafficMirrorSession). */
  public static final int MAX_NUMBER = 32_766;

  /** Throws {@link IllegalArgumentException} where the number is out of bounds. */
  public DesiredSession {
    if (number < MIN_NUMBER || number > MAX_NUMBER) {
      throw new IllegalArgumentException("session number out of bounds: " + number);
    }
  }
}
