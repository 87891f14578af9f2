package io.trafficmirror.embedded;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes wrong on purpose. Rules are tried in the order in which they were added; each call
 * meets at most one of those that act before the effect, and at most one that acts after it. Safe
 * for use by several threads.
 */
public final class Faults {

  private final List<Rule> rules = new ArrayList<>();

  Faults() {}

  /**
   * Refuses calls before they have any effect.
   *
   * @param signingName the service, for example {@code ec2}
   * @param action the API's name of the action; {@code *} for every one
   * @param times how many calls; {@link Integer#MAX_VALUE} for all until {@link #clear}
   * @param status the HTTP status
   * @param code the error's code, in the service's own format
   * @return this
   */
  public Faults refuse(String signingName, String action, int times, int status, String code) {
    return add(new Rule(signingName, action, "", times, new Refused(status, code)));
  }

  /**
   * Refuses calls that name one thing, before they have any effect.
   *
   * @param naming what the body of the call contains, for example an id; otherwise as for {@link
   *     #refuse}
   */
  public Faults refuseNaming(
      String signingName, String action, String naming, int times, int status, String code) {
    return add(new Rule(signingName, action, naming, times, new Refused(status, code)));
  }

  /** Cuts the connection after the effect, so that the caller cannot know that it happened. */
  public Faults loseAnswer(String signingName, String action, int times) {
    return add(new Rule(signingName, action, "", times, new AnswerLost()));
  }

  /** Cuts the connection before the effect. */
  public Faults cut(String signingName, String action, int times) {
    return add(new Rule(signingName, action, "", times, new Cut()));
  }

  /** Forgets all rules. */
  public synchronized void clear() {
    rules.clear();
  }

  /** What shall happen to this call instead of its effect, if anything; uses the rule up by one. */
  Optional<Before> before(String signingName, String action, HttpCall call) {
    return next(signingName, action, call, Before.class);
  }

  /** Whether this call's answer gets lost; uses the rule up by one. */
  boolean losesAnswer(String signingName, String action, HttpCall call) {
    return next(signingName, action, call, AnswerLost.class).isPresent();
  }

  private synchronized Faults add(Rule rule) {
    if (rule.left < 1) {
      throw new IllegalArgumentException("A fault that never happens: times is " + rule.left);
    }
    rules.add(rule);
    return this;
  }

  private synchronized <F extends Fault> Optional<F> next(
      String signingName, String action, HttpCall call, Class<F> kind) {
    for (Rule rule : rules) {
      if (rule.left > 0 && kind.isInstance(rule.fault) && rule.isFor(signingName, action, call)) {
        if (rule.left != Integer.MAX_VALUE) {
          rule.left--;
        }
        return Optional.of(kind.cast(rule.fault));
      }
    }
    return Optional.empty();
  }

  sealed interface Fault {}

  sealed interface Before extends Fault {}

  record Refused(int status, String code) implements Before {}

  record Cut() implements Before {}

  record AnswerLost() implements Fault {}

  private static final class Rule {
    private final String signingName;
    private final String action;
    private final String naming;
    private final Fault fault;
    private int left;

    Rule(String signingName, String action, String naming, int times, Fault fault) {
      this.signingName = signingName;
      this.action = action;
      this.naming = naming;
      this.left = times;
      this.fault = fault;
    }

    boolean isFor(String service, String name, HttpCall call) {
      return signingName.equals(service)
          && (action.equals("*") || action.equals(name))
          && (naming.isEmpty() || new String(call.body(), StandardCharsets.UTF_8).contains(naming));
    }
  }
}
