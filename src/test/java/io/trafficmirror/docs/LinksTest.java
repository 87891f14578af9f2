package io.trafficmirror.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every relative link of the documentation leads to a file and, if it names one, an anchor. */
class LinksTest {

  private static final int README_LINES = 150;
  private static final int DEMO_BY_LINE = 25;

  static List<Path> pages() throws IOException {
    return MarkdownPage.all().stream().map(MarkdownPage::file).toList();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pages")
  void relativeLinksAndAnchorsExist(Path file) throws IOException {
    MarkdownPage page = MarkdownPage.read(file);
    for (String link : page.links()) {
      if (link.startsWith("https://") || link.startsWith("http://")) {
        continue;
      }
      String[] parts = link.split("#", 2);
      Path target = parts[0].isEmpty() ? file : file.resolveSibling(Path.of(parts[0])).normalize();
      assertThat(target).as("%s: %s", file, link).exists();
      if (parts.length == 2) {
        assertThat(MarkdownPage.read(target).anchors()).as("%s: %s", file, link).contains(parts[1]);
      }
    }
  }

  @Test
  void linksAndAnchorsAreFound() {
    MarkdownPage page =
        MarkdownPage.of(
            Path.of("page.md"),
            List.of("# A `b`, c", "## Twice", "## Twice", "[x](y.md#z) and `[no](link)`"));
    assertThat(page.anchors()).containsExactlyInAnyOrder("a-b-c", "twice", "twice-1");
    assertThat(page.links()).containsExactly("y.md#z");
  }

  @Test
  void everyPageIsReachableFromTheReadme() throws IOException {
    List<Path> linked =
        MarkdownPage.all().stream()
            .flatMap(
                page ->
                    page.links().stream()
                        .filter(link -> !link.startsWith("http"))
                        .map(link -> link.split("#", 2)[0])
                        .filter(link -> !link.isEmpty())
                        .map(link -> page.file().resolveSibling(link).normalize()))
            .distinct()
            .toList();
    assertThat(pages())
        .filteredOn(page -> !page.equals(Path.of("README.md")))
        .allMatch(page -> linked.contains(page) || linked.contains(page.getParent()));
  }

  @Test
  void readmeFitsOnePageAndStartsWithTheDemo() throws IOException {
    List<String> lines = Files.readAllLines(Path.of("README.md"));
    assertThat(lines).hasSizeLessThanOrEqualTo(README_LINES);
    assertThat(lines.subList(0, DEMO_BY_LINE)).contains("$ ./demo", "All is well.");
  }
}
