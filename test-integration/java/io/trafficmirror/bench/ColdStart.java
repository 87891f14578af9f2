package io.trafficmirror.bench;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How long the package takes to start, beside a bare handler that makes the same calls. */
@Command(
    name = "cold-start",
    mixinStandardHelpOptions = true,
    description = "Start-up of the package, beside a bare handler that makes the same calls.")
final class ColdStart implements Callable<Integer> {

  @Option(
      names = "--runs",
      paramLabel = "N",
      defaultValue = "15",
      description = "How often each of the two is started, in turns; ${DEFAULT-VALUE} unless set.")
  private int runs;

  @Option(names = "--json", description = "Only the result on standard output, as JSON.")
  private boolean json;

  private final PrintWriter out;
  private final PrintWriter err;

  ColdStart(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    (json ? out : err).println(runs);
    return Bench.MISSED;
  }
}
