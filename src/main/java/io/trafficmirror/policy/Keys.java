package io.trafficmirror.policy;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The keys of a policy file, spelled as the predecessor spells them. */
final class Keys {
  static final String FILTER = "filterId";
  static final String TARGET = "targetId";
  static final String TYPE = "targetInstanceType";
  static final String IMAGE = "targetInstanceAmi";
  static final String GROUPS = "targetSecurityGroupIds";
  static final String SUBNET = "targetSubnetId";

  /** Ours: the predecessor always used session number 100. */
  static final String NUMBER = "sessionNumber";

  static final String TAG_KEY = "Key";
  static final String TAG_VALUE = "Value";

  /** Every top-level key. */
  static final List<String> TOP = Stream.of(Section.values()).map(Section::key).toList();

  /** Every key of a tag. */
  static final List<String> TAG = List.of(TAG_KEY, TAG_VALUE);

  private Keys() {}

  /**
   * The known key that was probably meant: the one with the smallest edit distance, ignoring case,
   * if that is at most a third of the length of the longer word. Empty if no key is that close.
   */
  static Optional<String> nearest(String unknown, List<String> known) {
    return known.stream()
        .filter(key -> isNear(unknown, key))
        .min(Comparator.comparingInt(key -> edits(unknown, key)));
  }

  private static boolean isNear(String unknown, String key) {
    int allowed = Math.max(unknown.length(), key.length()) / 3;
    // Comparing the lengths first avoids computing the edit distance of a key of a megabyte.
    return Math.abs(unknown.length() - key.length()) <= allowed && edits(unknown, key) <= allowed;
  }

  /**
   * The edit distance, in insertions, deletions, substitutions and swaps of adjacent characters.
   */
  private static int edits(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : fewest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int fewest(int[][] edits, String a, String b, int i, int j) {
    int substituted = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int fewest = Math.min(substituted, Math.min(edits[i - 1][j], edits[i][j - 1]) + 1);
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(fewest, edits[i - 2][j - 2] + 1) : fewest;
  }
}
