package io.trafficmirror.embedded;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * What goes wrong on purpose. Rules are tried in the order in which they were added; each call
 * meets at most one of those that act before the effect, and at most one that acts after it. Safe
 * for use by several threads.
 */
public final class Faults {

  private final List<Rule> rules = new ArrayList<>();
  private final Random random;
  private int happened;

  /** Which calls a rule meets that is not for every one is drawn from the seed. */
  Faults(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Lets something go wrong.
   *
   * @param signingName the service, for example {@code ec2}; {@code *} for every one
   * @param action the API's name of the action; {@code *} for every one
   * @param times how many calls; {@link Integer#MAX_VALUE} for all until {@link #clear}
   * @param share which share of the calls it happens to, more than 0 to 1
   * @return this
   */
  public Faults inject(String signingName, String action, Fault fault, int times, double share) {
    return add(new Rule(signingName, action, "", times, share, fault));
  }

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
    return add(new Rule(signingName, action, "", times, 1, new Fault.Refused(status, code)));
  }

  /**
   * Refuses calls that name one thing, before they have any effect.
   *
   * @param naming what the body of the call contains, for example an id; otherwise as for {@link
   *     #refuse}
   */
  public Faults refuseNaming(
      String signingName, String action, String naming, int times, int status, String code) {
    return add(new Rule(signingName, action, naming, times, 1, new Fault.Refused(status, code)));
  }

  /** Cuts the connection after the effect, so that the caller cannot know that it happened. */
  public Faults loseAnswer(String signingName, String action, int times) {
    return add(new Rule(signingName, action, "", times, 1, new Fault.AnswerLost()));
  }

  /** Cuts the connection before the effect. */
  public Faults cut(String signingName, String action, int times) {
    return add(new Rule(signingName, action, "", times, 1, new Fault.Cut()));
  }

  /** Forgets all rules. */
  public synchronized void clear() {
    rules.clear();
  }

  /** How many calls met a rule so far; one that met two counts twice. */
  public synchronized int happened() {
    return happened;
  }

  /** What shall happen to this call instead of its effect, if anything; uses the rule up by one. */
  Optional<Fault.Before> before(String signingName, String action, HttpCall call) {
    return next(signingName, action, call, Fault.Before.class);
  }

  /** What shall happen to this call's answer, if anything; uses the rule up by one. */
  Optional<Fault.After> after(String signingName, String action, HttpCall call) {
    return next(signingName, action, call, Fault.After.class);
  }

  private synchronized Faults add(Rule rule) {
    if (rule.left < 1 || rule.share <= 0) {
      throw new IllegalArgumentException(
          "A fault that never happens: times is " + rule.left + ", share " + rule.share);
    }
    rules.add(rule);
    return this;
  }

  private synchronized <F extends Fault> Optional<F> next(
      String signingName, String action, HttpCall call, Class<F> kind) {
    for (Rule rule : rules) {
      if (rule.left > 0
          && kind.isInstance(rule.fault)
          && rule.isFor(signingName, action, call)
          && (rule.share >= 1 || random.nextDouble() < rule.share)) {
        if (rule.left != Integer.MAX_VALUE) {
          rule.left--;
        }
        happened++;
        return Optional.of(kind.cast(rule.fault));
      }
    }
    return Optional.empty();
  }

  private static final class Rule {
    private final String signingName;
    private final String action;
    private final String naming;
    private final Fault fault;
    private final double share;
    private int left;

    Rule(String signingName, String action, String naming, int times, double share, Fault fault) {
      this.signingName = signingName;
      this.action = action;
      this.naming = naming;
      this.left = times;
      this.share = share;
      this.fault = fault;
    }

    boolean isFor(String service, String name, HttpCall call) {
      return (signingName.equals("*") || signingName.equals(service))
          && (action.equals("*") || action.equals(name))
          && (naming.isEmpty() || new String(call.body(), StandardCharsets.UTF_8).contains(naming));
    }
  }
}
