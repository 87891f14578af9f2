package io.trafficmirror.mirror;

/**
 * The session that a policy entry requires for every instance that it matches. {@link
 * WantedSession} applies it to one interface.
 *
 * @param entry the policy entry, for example {@code tags[0]}
 * @param destination where the traffic goes
 * @param filter which traffic goes there
 * @param number the preferred session number, 1 to 32,766; used if it is free
 */
public record DesiredSession(String entry, Destination destination, FilterId filter, int number) {

  /** The preferred session number if a policy entry gives none. */
  public static final int DEFAULT_NUMBER = 100;

  /** The lowest session number (AWS: CreateTrafficMirrorSession). */
  public static final int MIN_NUMBER = 1;

  /** The highest session number (AWS: CreateTrafficMirrorSession). */
  public static final int MAX_NUMBER = 32_766;

  /** Throws {@link IllegalArgumentException} if the number is out of bounds. */
  public DesiredSession {
    if (number < MIN_NUMBER || number > MAX_NUMBER) {
      throw new IllegalArgumentException("session number out of bounds: " + number);
    }
  }
}
