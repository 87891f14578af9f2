package io.trafficmirror.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bill of materials beside the function's package lists its contents and nothing else. */
class BillOfMaterialsIT {

  private static final Path PACKAGE =
      Path.of(System.getProperty("artifact.zip", "target/traffic-mirror-pipeline.zip"));
  private static final Path BOM =
      Path.of(System.getProperty("artifact.bom", "target/traffic-mirror-pipeline.cdx.json"));
  private static final List<String> PERMISSIVE =
      List.of("Apache-2.0", "BSD-2-Clause", "MIT", "MIT-0");

  @BeforeEach
  void assumeTheBomExistsUnlessMavenIsOffline() {
    // A text rather than a Boolean, because Failsafe passes only texts as properties.
    boolean mayBeMissing = System.getProperty("maven.offline", "").equals("offline true");
    assumeThat(mayBeMissing && !Files.exists(BOM))
        .as("the bill of materials is not checked: Maven does not create one with -o")
        .isFalse();
  }

  @Test
  void listsExactlyTheJarsOfThePackageByDigest() throws IOException {
    Map<String, String> listed = new TreeMap<>();
    for (JsonObject component : components()) {
      String jar = "%s-%s.jar".formatted(component.get("name").getAsString(), version(component));
      assertThat(listed.put(jar, sha256In(component))).as("%s is listed twice", jar).isNull();
    }
    assertThat(listed)
        .as("if this build is offline, the list may be older than pom.xml: build once without -o")
        .isEqualTo(jarsOfOthers());
  }

  @Test
  void describesThisPackage() throws IOException {
    JsonObject subject = bom().getAsJsonObject("metadata").getAsJsonObject("component");
    assertThat(subject.get("name").getAsString()).isEqualTo("traffic-mirror-pipeline");
    assertThat(subject.get("type").getAsString()).isEqualTo("application");
    assertThat(jars()).containsKey("traffic-mirror-pipeline-%s.jar".formatted(version(subject)));
  }

  @Test
  void everyComponentHasAPermissiveLicenceAndAPackageUrl() throws IOException {
    for (JsonObject component : components()) {
      assertThat(component.get("purl").getAsString()).startsWith("pkg:maven/");
      assertThat(component.getAsJsonArray("licenses"))
          .as(component.get("purl").getAsString())
          .isNotEmpty()
          .allSatisfy(
              choice ->
                  assertThat(PERMISSIVE)
                      .contains(
                          choice
                              .getAsJsonObject()
                              .getAsJsonObject("license")
                              .get("id")
                              .getAsString()));
    }
  }

  @Test
  void isReproducible() throws IOException {
    assertThat(bom().keySet()).doesNotContain("serialNumber");
    assertThat(bom().getAsJsonObject("metadata").keySet()).doesNotContain("timestamp");
  }

  private static JsonObject bom() throws IOException {
    return JsonParser.parseString(Files.readString(BOM)).getAsJsonObject();
  }

  private static List<JsonObject> components() throws IOException {
    return bom().getAsJsonArray("components").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static String version(JsonObject component) {
    return component.get("version").getAsString();
  }

  private static String sha256In(JsonObject component) {
    return component.getAsJsonArray("hashes").asList().stream()
        .map(JsonElement::getAsJsonObject)
        .filter(hash -> hash.get("alg").getAsString().equals("SHA-256"))
        .map(hash -> hash.get("content").getAsString())
        .findFirst()
        .orElse("no digest");
  }

  /** The digests of the package's jars, without the product's own. */
  private static Map<String, String> jarsOfOthers() throws IOException {
    Map<String, String> jars = new TreeMap<>(jars());
    jars.keySet().removeIf(name -> name.startsWith("traffic-mirror-pipeline-"));
    return jars;
  }

  private static Map<String, String> jars() throws IOException {
    Map<String, String> jars = new TreeMap<>();
    try (ZipFile zip = new ZipFile(PACKAGE.toFile(), StandardCharsets.UTF_8)) {
      for (ZipEntry entry : zip.stream().map(ZipEntry.class::cast).toList()) {
        if (entry.getName().endsWith(".jar")) {
          try (InputStream content = zip.getInputStream(entry)) {
            jars.put(entry.getName().replaceAll(".*/", ""), sha256(content.readAllBytes()));
          }
        }
      }
    }
    return jars;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }
}
