package io.trafficmirror.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A Markdown page, split into prose and fenced code blocks.
 *
 * @param file its path, relative to the root of the repository
 * @param prose the lines outside code blocks
 * @param blocks its fenced code blocks
 */
record MarkdownPage(Path file, List<String> prose, List<Block> blocks) {

  private static final Pattern FENCE = Pattern.compile("( *)```(.*)");
  private static final Pattern HEADING = Pattern.compile("#{1,6} +(.+)");
  private static final Pattern LINK = Pattern.compile("\\[[^\\[\\]]*\\]\\(([^()\\s]+)\\)");

  /**
   * A fenced code block.
   *
   * @param place file and line of its opening fence
   * @param language the word after the fence; empty if there is none
   * @param text its lines without the indentation of the fence, each with a line end
   */
  record Block(String place, String language, String text) {
    @Override
    public String toString() {
      return place + " (" + language + ")";
    }
  }

  /** Every page of the repository that this project writes by hand or generates. */
  static List<MarkdownPage> all() throws IOException {
    List<Path> files = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
    files.add(Path.of("CHANGELOG.md"));
    for (String folder : List.of("docs", "terraform")) {
      try (Stream<Path> all = Files.walk(Path.of(folder))) {
        all.filter(file -> file.toString().endsWith(".md"))
            .filter(file -> !file.toString().contains(".terraform"))
            .sorted()
            .forEach(files::add);
      }
    }
    List<MarkdownPage> pages = new ArrayList<>();
    for (Path file : files) {
      pages.add(read(file));
    }
    return pages;
  }

  static MarkdownPage read(Path file) throws IOException {
    return of(file, Files.readAllLines(file));
  }

  static MarkdownPage of(Path file, List<String> lines) {
    List<String> prose = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    int line = 0;
    while (line < lines.size()) {
      Matcher fence = FENCE.matcher(lines.get(line));
      if (!fence.matches()) {
        prose.add(lines.get(line));
        line++;
        continue;
      }
      String place = file + ":" + (line + 1);
      String closing = fence.group(1) + "```";
      StringBuilder text = new StringBuilder();
      line++;
      while (line < lines.size() && !lines.get(line).equals(closing)) {
        String content = lines.get(line);
        text.append(
                content.startsWith(fence.group(1))
                    ? content.substring(fence.group(1).length())
                    : content)
            .append('\n');
        line++;
      }
      if (line == lines.size()) {
        throw new AssertionError(place + ": the code block is not closed");
      }
      line++;
      blocks.add(new Block(place, fence.group(2).strip(), text.toString()));
    }
    return new MarkdownPage(file, List.copyOf(prose), List.copyOf(blocks));
  }

  /** The targets of its inline links, in order; links within code spans are ignored. */
  List<String> links() {
    String text = String.join("\n", prose).replaceAll("`[^`\n]*`", "code");
    return LINK.matcher(text).results().map(match -> match.group(1)).toList();
  }

  /** The anchors that GitHub gives its headings. */
  Set<String> anchors() {
    Map<String, Integer> seen = new HashMap<>();
    Set<String> anchors = new HashSet<>();
    for (String line : prose) {
      Matcher heading = HEADING.matcher(line);
      if (heading.matches()) {
        String slug =
            heading
                .group(1)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
        int copies = seen.merge(slug, 1, Integer::sum);
        anchors.add(copies == 1 ? slug : slug + "-" + (copies - 1));
      }
    }
    return anchors;
  }
}
