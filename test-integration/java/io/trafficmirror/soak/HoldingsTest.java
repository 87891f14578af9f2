package io.trafficmirror.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HoldingsTest {

  @Test
  void whatIsInACollectionOfAnObjectCounts() {
    List<Selector.Tag> tags = new ArrayList<>();
    tags.add(new Selector.Tag("a", "b"));
    long one = Holdings.of(new Selector.ByTags(tags));
    tags.add(new Selector.Tag("c", "d"));
    assertThat(Holdings.of(new Selector.ByTags(tags)) - one)
        .as("an entry, and the object in it")
        .isEqualTo(2);
  }

  @Test
  void anObjectThatIsHeldTwiceCountsOnce() {
    InstanceId id = new InstanceId("i-1");
    assertThat(Holdings.of(List.of(id, id))).as("two entries, one object").isEqualTo(3);
    assertThat(Holdings.of(Map.of(id, id))).as("a key, a value, one object").isEqualTo(3);
  }

  @Test
  void whatIsNotTheProductsIsNotLookedInto() {
    assertThat(Holdings.of(Entry.BLUE)).isZero();
    assertThat(Holdings.of("text")).isZero();
  }
}
