package io.trafficmirror.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

final class BenchTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void helpListsTheCommands() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("cold-start", "Exit code");
  }

  @Test
  void namesTheInvalidCommandOrOption() {
    assertThat(run("warm-start")).isEqualTo(2);
    assertThat(err.toString()).contains("warm-start", "./bench --help");
    assertThat(run("cold-start", "--runs", "many")).isEqualTo(2);
    assertThat(err.toString()).contains("many");
  }

  @Test
  void onlyAcceptsABenchmarkWithTheNameOfACommand() {
    assertThat(run("--only=handler", "--help")).isZero();
  }

  @Test
  void explainsInvalidSoakOptions() {
    assertThat(run("soak", "--minutes", "2")).isEqualTo(2);
    assertThat(err.toString()).contains("--minutes must be at least 3, got 2");
    assertThat(run("soak", "--short", "--minutes", "9")).isEqualTo(2);
    assertThat(err.toString()).contains("--short and --minutes are mutually exclusive");
    assertThat(run("soak", "--help")).isZero();
    assertThat(out.toString()).contains("lost 0, doubled 0, wrong 0");
  }

  private int run(String... args) {
    return Bench.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
  }
}
