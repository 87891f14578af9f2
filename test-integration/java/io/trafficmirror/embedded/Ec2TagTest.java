package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.SUBNET;
import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.errorOf;
import static io.trafficmirror.embedded.Ec2World.filter;
import static io.trafficmirror.embedded.Ec2World.instance;
import static io.trafficmirror.embedded.Ec2World.session;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

final class Ec2TagTest {

  private final Ec2World world = new Ec2World().running(1);

  @Test
  void setsReplacesAndDeletesTags() {
    create(instance(1), tag("a", "1"), tag("b", "2"));
    create(instance(1), tag("a", "3"));
    assertThat(tags()).isEqualTo(Map.of("a", "3", "b", "2"));

    delete(tag("b", "other"));
    assertThat(tags()).as("the value differs").isEqualTo(Map.of("a", "3", "b", "2"));
    delete(tag("b", "2"));
    delete(tag("a", null));
    assertThat(tags()).isEmpty();
  }

  @Test
  void deletesAllButReservedTagsWhenNoneIsGiven() {
    create(instance(1), tag("a", "1"));
    world.ec2.setTag(instance(1), "aws:autoscaling:groupName", "g");
    world.client.deleteTags(r -> r.resources(instance(1)));

    assertThat(tags()).containsOnlyKeys("aws:autoscaling:groupName");
  }

  @Test
  void tagsEveryTypeOfResource() {
    String session =
        world
            .client
            .createTrafficMirrorSession(session(eni(1)).build())
            .trafficMirrorSession()
            .trafficMirrorSessionId();
    world.client.createTags(
        r ->
            r.resources(
                    session,
                    instance(1),
                    eni(1),
                    Ec2World.TARGET,
                    Ec2World.FILTER,
                    SUBNET,
                    Ec2World.VPC)
                .tags(tag("k", "v")));

    assertThat(world.ec2.sessions().getFirst().tags()).containsEntry("k", "v");
    assertThat(world.ec2.targets().getFirst().tags()).containsEntry("k", "v");
    assertThat(tags()).containsEntry("k", "v");
    assertThat(world.unsupported()).isEmpty();
  }

  @Test
  void tagsNothingIfOneResourceIsUnknown() {
    assertThat(
            errorOf(
                () ->
                    world.client.createTags(
                        r -> r.resources(instance(1), instance(2)).tags(tag("k", "v")))))
        .isEqualTo("400 InvalidInstanceID.NotFound");
    assertThat(errorOf(() -> create("tms-9", tag("k", "v"))))
        .isEqualTo("400 InvalidTrafficMirrorSessionId.NotFound");
    assertThat(errorOf(() -> create("nonsense", tag("k", "v")))).isEqualTo("400 InvalidID");
    assertThat(tags()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws:x", "AWS:x", ""})
  void rejectsReservedAndEmptyKeys(String key) {
    assertThat(errorOf(() -> create(instance(1), tag(key, "v"))))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(errorOf(() -> launchTagged("instance", tag(key, "v"))))
        .isEqualTo("400 InvalidParameterValue");
  }

  @Test
  void rejectsKeysAndValuesThatAreTooLongOrContainControlCharacters() {
    assertThat(errorOf(() -> create(instance(1), tag("k".repeat(128), "v".repeat(256)))))
        .isEqualTo("none");
    assertThat(errorOf(() -> create(instance(1), tag("k".repeat(129), "v"))))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(errorOf(() -> create(instance(1), tag("k", "v".repeat(257)))))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(errorOf(() -> create(instance(1), tag("k", "a\u0001b"))))
        .isEqualTo("400 InvalidParameterValue");
  }

  @Test
  void limitsTagsToFiftyWithoutReservedOnes() {
    world.ec2.setTag(instance(1), "aws:x", "y");
    Tag[] fifty = IntStream.range(0, 50).mapToObj(n -> tag("k" + n, "v")).toArray(Tag[]::new);
    create(instance(1), fifty);

    assertThat(errorOf(() -> create(instance(1), tag("more", "v"))))
        .isEqualTo("400 TagLimitExceeded");
    assertThat(errorOf(() -> create(instance(1), tag("k1", "w")))).isEqualTo("none");
    assertThat(tags()).hasSize(51).containsEntry("k1", "w");
  }

  @Test
  void rejectsTagSpecificationsThatDoNotFitTheResource() {
    assertThat(errorOf(() -> launchTagged("traffic-mirror-session", tag("k", "v"))))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(errorOf(() -> launchTagged("instance", tag("k", "v"), tag("k", "w"))))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorSession(
                        session(eni(1))
                            .tagSpecifications(
                                TagSpecification.builder()
                                    .resourceType("instance")
                                    .tags(tag("k", "v"))
                                    .build())
                            .build())))
        .isEqualTo("400 InvalidParameterValue");
    assertThat(world.ec2.sessions()).isEmpty();
    assertThat(world.ec2.instanceIds()).containsExactly(instance(1));
  }

  @Test
  void describesTags() {
    create(instance(1), tag("a", "1"), tag("b", "2"));
    create(eni(1), tag("a", "1"));

    assertThat(
            world
                .client
                .describeTags(r -> r.filters(filter("tag:a", "1"), filter("resource-type", "ins*")))
                .tags())
        .singleElement()
        .satisfies(
            found -> {
              assertThat(found.resourceId()).isEqualTo(instance(1));
              assertThat(found.key()).isEqualTo("a");
              assertThat(found.value()).isEqualTo("1");
            });
    assertThat(world.client.describeTags(r -> {}).tags()).hasSize(3);
  }

  private void launchTagged(String type, Tag... tags) {
    world.client.runInstances(
        Ec2InstanceTest.launch(1).toBuilder()
            .tagSpecifications(TagSpecification.builder().resourceType(type).tags(tags).build())
            .build());
  }

  private void create(String id, Tag... tags) {
    world.client.createTags(r -> r.resources(id).tags(tags));
  }

  private void delete(Tag tag) {
    world.client.deleteTags(r -> r.resources(instance(1)).tags(tag));
  }

  private Map<String, String> tags() {
    Map<String, String> tags = new HashMap<>();
    List<Tag> shown = world.describe(r -> r.instanceIds(instance(1))).getFirst().tags();
    shown.forEach(tag -> tags.put(tag.key(), tag.value()));
    return tags;
  }

  private static Tag tag(String key, @Nullable String value) {
    return Tag.builder().key(key).value(value).build();
  }
}
