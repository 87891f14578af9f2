package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RetainedObjectsTest {

  @Test
  void countsTheContentsOfCollections() {
    List<Selector.Tag> tags = new ArrayList<>();
    tags.add(new Selector.Tag("a", "b"));
    long one = RetainedObjects.of(new Selector.ByTags(tags));
    tags.add(new Selector.Tag("c", "d"));
    assertThat(RetainedObjects.of(new Selector.ByTags(tags)) - one)
        .as("an entry, and the object in it")
        .isEqualTo(2);
  }

  @Test
  void countsASharedObjectOnce() {
    InstanceId id = new InstanceId("i-1");
    assertThat(RetainedObjects.of(List.of(id, id))).as("two entries, one object").isEqualTo(3);
    assertThat(RetainedObjects.of(Map.of(id, id))).as("a key, a value, one object").isEqualTo(3);
  }

  @Test
  void ignoresObjectsOfOtherCode() {
    assertThat(RetainedObjects.of(PolicyEntry.BLUE)).isZero();
    assertThat(RetainedObjects.of("text")).isZero();
  }
}
