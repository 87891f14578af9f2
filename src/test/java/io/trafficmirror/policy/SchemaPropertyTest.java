package io.trafficmirror.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.statistics.Statistics;

/**
 * The JSON schema and the parser accept the same generated policies. The policies are JSON, which
 * is also YAML and has only one way to write each value.
 */
class SchemaPropertyTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static Arbitrary<Object> ids(String prefix) {
    return Arbitraries.frequencyOf(
        Tuple.of(
            12,
            Arbitraries.strings()
                .alpha()
                .numeric()
                .ofMinLength(1)
                .ofMaxLength(17)
                .map(prefix::concat)),
        Tuple.of(1, odd()));
  }

  /** Values that are invalid everywhere, or valid only in some places. */
  private static Arbitrary<Object> odd() {
    return Arbitraries.of(
        "",
        " ",
        "<INSERT_VALUE>",
        "tmf-1",
        "tmt-",
        "sg-1",
        "ami-1",
        "x y",
        true,
        0,
        32_767,
        100,
        List.of(),
        List.of("sg-1"),
        List.of(List.of()),
        Map.of(),
        Map.of("Key", "a"),
        "\u0007");
  }

  private static Arbitrary<Object> rarely(Arbitrary<?> usual) {
    return Arbitraries.frequencyOf(
        Tuple.of(15, usual.map(value -> (Object) value)), Tuple.of(1, odd()));
  }

  /** Objects with the given keys, of which some are omitted; sometimes an unknown key is added. */
  private static Arbitrary<Object> objects(
      Map<String, Arbitrary<Object>> keys, int includePercent) {
    Arbitrary<Map<String, Object>> all = Arbitraries.just(Map.of());
    for (Map.Entry<String, Arbitrary<Object>> key : keys.entrySet()) {
      Arbitrary<Boolean> included =
          Arbitraries.integers().between(1, 100).map(n -> n <= includePercent);
      all =
          Combinators.combine(all, key.getValue(), included)
              .as((map, value, include) -> include ? with(map, key.getKey(), value) : map);
    }
    Arbitrary<Integer> extra = Arbitraries.integers().between(1, 25);
    return Combinators.combine(all, extra).as((map, n) -> n == 1 ? with(map, "extra", 1) : map);
  }

  private static Map<String, Object> with(Map<String, Object> map, String key, Object value) {
    Map<String, Object> more = new HashMap<>(map);
    more.put(key, value);
    return more;
  }

  private static Arbitrary<Object> lists(Arbitrary<Object> items) {
    return rarely(items.list().ofMinSize(1).ofMaxSize(3));
  }

  private static Arbitrary<Object> entries(String selectorKey, Arbitrary<Object> selector) {
    Map<String, Arbitrary<Object>> common = new HashMap<>();
    common.put(selectorKey, selector);
    common.put(Keys.FILTER, ids("tmf-"));
    Map<String, Arbitrary<Object>> fixed = new HashMap<>(common);
    fixed.put(Keys.TARGET, ids("tmt-"));
    Map<String, Arbitrary<Object>> launched = new HashMap<>(common);
    launched.put(Keys.TYPE, rarely(Arbitraries.of("t3.micro", "c5.xlarge")));
    launched.put(Keys.IMAGE, ids("ami-"));
    launched.put(Keys.GROUPS, lists(ids("sg-")));
    Map<String, Arbitrary<Object>> whole = new HashMap<>(launched);
    whole.putAll(fixed);
    whole.put(Keys.SUBNET, ids("subnet-"));
    whole.put(Keys.NUMBER, rarely(Arbitraries.integers().between(-1, 32_768)));
    return Arbitraries.oneOf(objects(fixed, 97), objects(launched, 97), objects(whole, 75));
  }

  @Provide
  Arbitrary<Object> policies() {
    Arbitrary<Object> words = Arbitraries.strings().alpha().ofMinLength(1).map(word -> word);
    Map<String, Arbitrary<Object>> tag = new HashMap<>();
    tag.put(Keys.TAG_KEY, rarely(words));
    tag.put(Keys.TAG_VALUE, rarely(words));
    Map<String, Arbitrary<Object>> top = new HashMap<>();
    top.put("tags", lists(entries("tagList", lists(objects(tag, 97)))));
    top.put("subnets", lists(entries("subnetId", ids("subnet-"))));
    top.put("vpcs", lists(entries("vpcId", ids("vpc-"))));
    return Arbitraries.oneOf(objects(top, 40), rarely(objects(top, 40)));
  }

  @Property(tries = 1_500)
  void schemaAndParserAgreeOnGeneratedPolicies(@ForAll("policies") Object policy)
      throws IOException {
    String json = JSON.writeValueAsString(policy);
    boolean accepted = Reading.of(json) instanceof PolicyResult.Valid;
    Statistics.label("accepted")
        .collect(accepted)
        .coverage(
            share -> {
              share.check(true).percentage(percent -> percent > 5);
              share.check(false).percentage(percent -> percent > 5);
            });
    assertThat(SchemaTest.SCHEMA.validate(JSON.readTree(json)).isEmpty())
        .as("%s%n%s", json, Reading.problems(json))
        .isEqualTo(accepted);
  }
}
