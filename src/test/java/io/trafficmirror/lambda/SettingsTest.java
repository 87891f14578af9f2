package io.trafficmirror.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

  private static final Map<String, String> REQUIRED =
      Map.of(
          "MIRROR_DEPLOYMENT", "prod",
          "MIRROR_POLICY_BUCKET", "policies",
          "MIRROR_POLICY_KEY", "us-east-1.yaml",
          "MIRROR_FAILURE_BUCKET", "failures");

  @Test
  void appliesDefaults() {
    Settings settings = valid(REQUIRED);
    assertThat(settings.deployment()).isEqualTo("prod");
    assertThat(settings.policy())
        .isEqualTo(
            new Settings.PolicyLocation.InS3("policies", "us-east-1.yaml", Optional.empty()));
    assertThat(settings.failureBucket()).isEqualTo("failures");
    assertThat(settings.dryRun()).isFalse();
    assertThat(settings.limits().instanceRetry()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.limits().writesInFlight()).isEqualTo(4);
    assertThat(settings.limits().runs().maxPages()).isEqualTo(2_000);
    assertThat(settings.limits().runs().maxTime()).isEqualTo(Duration.ofHours(24));
    assertThat(settings.metricsNamespace()).isEqualTo("TrafficMirrorPipeline");
    assertThat(settings.logLevel()).isEqualTo(Settings.LogLevel.INFO);
  }

  @Test
  void readsEverySetting() {
    Map<String, String> all = new HashMap<>(REQUIRED);
    all.put("MIRROR_POLICY_VERSION", "v1");
    all.put("MIRROR_DRY_RUN", "true");
    all.put("MIRROR_INSTANCE_RETRY_SECONDS", "0");
    all.put("MIRROR_WRITES_IN_FLIGHT", "50");
    all.put("MIRROR_RUN_MAX_PAGES", "7");
    all.put("MIRROR_RUN_MAX_HOURS", "168");
    all.put("MIRROR_METRICS_NAMESPACE", "Ours");
    all.put("MIRROR_LOG_LEVEL", "warn");
    Settings settings = valid(all);
    assertThat(settings.policy())
        .isEqualTo(
            new Settings.PolicyLocation.InS3("policies", "us-east-1.yaml", Optional.of("v1")));
    assertThat(settings.dryRun()).isTrue();
    assertThat(settings.limits().instanceRetry()).isZero();
    assertThat(settings.limits().writesInFlight()).isEqualTo(50);
    assertThat(settings.limits().runs().maxPages()).isEqualTo(7);
    assertThat(settings.limits().runs().maxTime()).isEqualTo(Duration.ofDays(7));
    assertThat(settings.metricsNamespace()).isEqualTo("Ours");
    assertThat(settings.logLevel()).isEqualTo(Settings.LogLevel.WARN);
  }

  @Test
  void reportsAllProblemsAtOnceWithTheirVariables() {
    List<String> problems =
        problems(
            Map.of(
                "MIRROR_DEPLOYMENT", "a b",
                "MIRROR_POLICY_BUCKET", "only-a-bucket",
                "MIRROR_DRY_RUN", "yes",
                "MIRROR_INSTANCE_RETRY_SECONDS", "2m",
                "MIRROR_WRITES_IN_FLIGHT", "0",
                "MIRROR_LOG_LEVEL", "loud"));
    assertThat(problems).hasSize(7);
    for (String name :
        List.of(
            "MIRROR_DEPLOYMENT",
            "MIRROR_POLICY_KEY",
            "MIRROR_FAILURE_BUCKET",
            "MIRROR_DRY_RUN",
            "MIRROR_INSTANCE_RETRY_SECONDS",
            "MIRROR_WRITES_IN_FLIGHT",
            "MIRROR_LOG_LEVEL")) {
      assertThat(problems).anyMatch(problem -> problem.contains(name));
    }
  }

  @Test
  void namesTheRequiredVariablesOfAnEmptyEnvironment() {
    assertThat(problems(Map.of()))
        .containsExactly(
            "MIRROR_DEPLOYMENT is not set: it names this deployment",
            "no mirror policy: set MIRROR_POLICY_BUCKET and MIRROR_POLICY_KEY, or"
                + " MIRROR_POLICY_FILE",
            "MIRROR_FAILURE_BUCKET is not set: it names the S3 bucket for rejected records and"
                + " exhausted retries");
  }

  @Test
  void acceptsAPolicyFileOrObjectButNotBoth() {
    Map<String, String> file =
        Map.of(
            "MIRROR_DEPLOYMENT", "prod",
            "MIRROR_POLICY_FILE", "policy.yaml",
            "MIRROR_FAILURE_BUCKET", "failures");
    assertThat(valid(file).policy()).isEqualTo(new Settings.PolicyLocation.InFile("policy.yaml"));
    Map<String, String> both = new HashMap<>(REQUIRED);
    both.put("MIRROR_POLICY_FILE", "policy.yaml");
    assertThat(problems(both)).singleElement().asString().contains("MIRROR_POLICY_FILE");
  }

  @ParameterizedTest
  @CsvSource({
    "MIRROR_INSTANCE_RETRY_SECONDS,3601",
    "MIRROR_INSTANCE_RETRY_SECONDS,-1",
    "MIRROR_WRITES_IN_FLIGHT,51",
    "MIRROR_RUN_MAX_PAGES,0",
    "MIRROR_RUN_MAX_PAGES,99999999999999999999",
    "MIRROR_RUN_MAX_HOURS,169",
    "MIRROR_RUN_MAX_HOURS,1.5",
  })
  void rejectsANumberOutOfRange(String name, String value) {
    Map<String, String> environment = new HashMap<>(REQUIRED);
    environment.put(name, value);
    assertThat(problems(environment)).singleElement().asString().contains(name, value);
  }

  @Test
  void listsEveryVariableName() {
    List<String> constants =
        Arrays.stream(Settings.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .filter(field -> field.getType().equals(String.class))
            .map(SettingsTest::valueOf)
            .toList();
    assertThat(Settings.NAMES).containsExactlyInAnyOrderElementsOf(constants);
  }

  private static String valueOf(Field field) {
    try {
      return String.valueOf(field.get(null));
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static Settings valid(Map<String, String> environment) {
    assertThat(Settings.read(environment)).isInstanceOf(Settings.Result.Valid.class);
    return ((Settings.Result.Valid) Settings.read(environment)).settings();
  }

  private static List<String> problems(Map<String, String> environment) {
    assertThat(Settings.read(environment)).isInstanceOf(Settings.Result.Invalid.class);
    return ((Settings.Result.Invalid) Settings.read(environment)).problems();
  }
}
