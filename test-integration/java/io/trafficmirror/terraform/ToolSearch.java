package io.trafficmirror.terraform;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Searches for the tools on this machine, without running them.
 *
 * @param property the JVM's system properties
 * @param variable the environment variables
 */
public record ToolSearch(
    Function<String, Optional<String>> property, Function<String, Optional<String>> variable) {

  /** The directory of a filesystem mirror of Terraform providers. */
  static final String MIRROR_PROPERTY = "terraform.plugins";

  /** The same, as an environment variable. */
  static final String MIRROR_VARIABLE = "TF_PLUGIN_MIRROR";

  /** The provider's path in a mirror, under a folder with the name of its registry. */
  private static final Path AWS_PROVIDER = Path.of("hashicorp", "aws");

  /** The maximum depth of a mirror under a usual place. */
  private static final int DEPTH = 2;

  /** A search with the properties and environment of this JVM. */
  public static ToolSearch here() {
    return new ToolSearch(
        name -> Optional.ofNullable(System.getProperty(name)),
        name -> Optional.ofNullable(System.getenv(name)));
  }

  /** A program on the PATH. */
  public Optional<Path> program(String name) {
    boolean windows =
        property.apply("os.name").orElse("").toLowerCase(Locale.ROOT).startsWith("windows");
    return Stream.of(variable.apply("PATH").orElse("").split(File.pathSeparator, -1))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, windows ? name + ".exe" : name))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * The directory of a filesystem mirror that holds the AWS provider: the configured one, or one in
   * a usual place.
   */
  public Optional<Path> providerMirror() {
    Optional<Path> named =
        property.apply(MIRROR_PROPERTY).or(() -> variable.apply(MIRROR_VARIABLE)).map(Path::of);
    if (named.isPresent()) {
      return named.filter(ToolSearch::holdsTheProvider).map(Path::toAbsolutePath);
    }
    return usualPlaces().stream()
        .filter(Files::isDirectory)
        .flatMap(place -> below(place).stream())
        .findFirst();
  }

  private List<Path> usualPlaces() {
    Optional<Path> home = property.apply("user.home").map(Path::of);
    return Stream.of(
            home.map(h -> h.resolve(".terraform.d/plugins")),
            home.map(h -> h.resolve(".terraform.d")),
            Optional.of(Path.of("/usr/local/share/terraform/plugins")),
            Optional.of(Path.of("/usr/share/terraform/plugins")),
            Optional.of(Path.of("/usr/local/lib/terraform")),
            Optional.of(Path.of("/opt")))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Path> below(Path place) {
    BiPredicate<Path, Object> mirror = (path, attributes) -> holdsTheProvider(path);
    try (Stream<Path> found =
        Files.find(place, DEPTH, mirror::test, FileVisitOption.FOLLOW_LINKS)) {
      return found.sorted().findFirst();
    } catch (IOException | UncheckedIOException e) {
      // A folder that this user cannot read is skipped.
      return Optional.empty();
    }
  }

  private static boolean holdsTheProvider(Path mirror) {
    if (!Files.isDirectory(mirror)) {
      return false;
    }
    try (Stream<Path> registries = Files.list(mirror)) {
      return registries.anyMatch(registry -> Files.isDirectory(registry.resolve(AWS_PROVIDER)));
    } catch (IOException e) {
      // A folder that cannot be read is not a usable mirror.
      return false;
    }
  }
}
