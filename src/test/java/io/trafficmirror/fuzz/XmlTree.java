package io.trafficmirror.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Generates nearly valid XML: a sample with elements missing, duplicated, emptied, moved or with
 * another text. It edits the text, so the result need not be well-formed.
 */
public final class XmlTree {

  private static final Pattern LEAF = Pattern.compile("<(\\w+)>([^<]*)</\\1>|<(\\w+)/>");
  private static final Pattern TAG = Pattern.compile("</?\\w+/?>");
  private static final int MAX_CHANGES = 4;
  private static final int MAX_NESTING = 2_000;

  private static final List<String> MARKUP =
      List.of(
          "<item/>",
          "<item></item>",
          "<item>text</item>",
          "<!-- comment -->",
          "<![CDATA[i-0ccc]]>",
          "<?php echo 1 ?>",
          "&amp;",
          "&#x41;",
          "&nbsp;",
          "&bomb;",
          "<nextToken>t</nextToken>",
          "<instanceId>i-0ddd</instanceId>",
          "<x xmlns:y='z' y:a='b'/>");

  private static final String BOMB =
      "<!DOCTYPE x [<!ENTITY a \"i-0eee\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">"
          + "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;\"><!ENTITY d \"&c;&c;&c;&c;&c;&c;&c;&c;\">"
          + "<!ENTITY e \"&d;&d;&d;&d;&d;&d;&d;&d;\"><!ENTITY bomb \"&e;&e;&e;&e;&e;&e;&e;&e;\">]>";

  private XmlTree() {}

  /** The sample with one to four random changes. */
  public static String changed(Random random, String sample) {
    String xml = sample;
    for (int left = 1 + random.nextInt(MAX_CHANGES); left > 0; left--) {
      xml = changedOnce(random, xml);
    }
    return xml;
  }

  private static String changedOnce(Random random, String xml) {
    return switch (random.nextInt(20)) {
      case 0 -> with(xml, any(random, LEAF, xml), "");
      case 1 -> doubled(xml, any(random, LEAF, xml));
      case 2 -> with(xml, any(random, TAG, xml), "");
      case 3 -> moved(xml, any(random, LEAF, xml), any(random, LEAF, xml));
      case 4 -> inserted(random, xml, Hostile.pick(random, MARKUP));
      case 5 -> subtree(random, xml);
      case 6 -> random.nextInt(8) == 0 ? rare(random, xml) : text(random, xml);
      default -> text(random, xml);
    };
  }

  /**
   * Replaces the text of a leaf. The text is escaped, so that well-formed XML stays well-formed
   * unless it contains a character that XML forbids.
   */
  private static String text(Random random, String xml) {
    List<MatchResult> leaf = any(random, LEAF, xml);
    String escaped = Hostile.text(random).replace("&", "&amp;").replace("<", "&lt;");
    if (leaf.isEmpty() || leaf.getFirst().group(1) == null) {
      return xml;
    }
    String name = leaf.getFirst().group(1);
    return with(xml, leaf, "<%s>%s</%s>".formatted(name, escaped, name));
  }

  private static String rare(Random random, String xml) {
    if (random.nextBoolean()) {
      int place = Math.max(0, xml.indexOf("?>") + 2);
      return xml.substring(0, place) + BOMB + xml.substring(place);
    }
    int depth = random.nextInt(MAX_NESTING);
    return inserted(random, xml, "<a>".repeat(depth) + "</a>".repeat(depth));
  }

  private static List<MatchResult> any(Random random, Pattern pattern, String xml) {
    List<MatchResult> found = pattern.matcher(xml).results().toList();
    return found.isEmpty() ? List.of() : List.of(Hostile.pick(random, found));
  }

  private static String with(String xml, List<MatchResult> place, String replacement) {
    return place.isEmpty()
        ? xml
        : xml.substring(0, place.getFirst().start())
            + replacement
            + xml.substring(place.getFirst().end());
  }

  private static String doubled(String xml, List<MatchResult> place) {
    return place.isEmpty() ? xml : with(xml, place, place.getFirst().group().repeat(2));
  }

  private static String moved(String xml, List<MatchResult> from, List<MatchResult> to) {
    return from.isEmpty() || to.isEmpty() ? xml : with(xml, to, from.getFirst().group());
  }

  private static String inserted(Random random, String xml, String markup) {
    List<Integer> places = new ArrayList<>(List.of(xml.length()));
    TAG.matcher(xml).results().forEach(tag -> places.add(tag.end()));
    int place = Hostile.pick(random, places);
    return xml.substring(0, place) + markup + xml.substring(place);
  }

  /** Duplicates or removes an element with all its content. */
  private static String subtree(Random random, String xml) {
    List<MatchResult> tags = TAG.matcher(xml).results().toList();
    if (tags.isEmpty()) {
      return xml;
    }
    int start = random.nextInt(tags.size());
    int depth = 0;
    for (MatchResult tag : tags.subList(start, tags.size())) {
      depth += tag.group().startsWith("</") ? -1 : tag.group().endsWith("/>") ? 0 : 1;
      if (depth <= 0) {
        String element = xml.substring(tags.get(start).start(), tag.end());
        String instead = random.nextBoolean() ? "" : element.repeat(1 + random.nextInt(4));
        return xml.substring(0, tags.get(start).start()) + instead + xml.substring(tag.end());
      }
    }
    return xml;
  }
}
