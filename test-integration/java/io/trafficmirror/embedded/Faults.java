package io.trafficmirror.embedded;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The injected faults. Rules apply in the order in which they were added; each call meets at most
 * one fault before and one after its effect. Thread-safe.
 */
public final class Faults {

  private final List<Rule> rules = new ArrayList<>();
  private final Random random;
  private int happened;

  /**
   * Creates it without rules.
   *
   * @param seed the seed that selects the calls of a rule with a share below 1
   */
  Faults(long seed) {
    this.random = new Random(seed);
  }

  /**
   * Injects a fault.
   *
   * @param signingName the service, for example {@code ec2}; {@code *} for all
   * @param action the API action; {@code *} for all
   * @param times the number of calls; {@link Integer#MAX_VALUE} until {@link #clear}
   * @param share the share of the calls that fail, more than 0 to 1
   * @return this
   */
  public Faults inject(String signingName, String action, Fault fault, int times, double share) {
    return add(new Rule(signingName, action, "", times, share, fault));
  }

  /**
   * Rejects calls before their effect.
   *
   * @param signingName the service, for example {@code ec2}
   * @param action the API action; {@code *} for all
   * @param times the number of calls; {@link Integer#MAX_VALUE} until {@link #clear}
   * @param status the HTTP status
   * @param code the error code
   * @return this
   */
  public Faults refuse(String signingName, String action, int times, int status, String code) {
    return add(new Rule(signingName, action, "", times, 1, new Fault.Refused(status, code)));
  }

  /**
   * Rejects calls about one resource before their effect.
   *
   * @param naming a text that the body of the call contains, for example an id; the other
   *     parameters are as for {@link #refuse}
   */
  public Faults refuseNaming(
      String signingName, String action, String naming, int times, int status, String code) {
    return add(new Rule(signingName, action, naming, times, 1, new Fault.Refused(status, code)));
  }

  /** Closes the connection after the effect, so that the caller cannot know whether it happened. */
  public Faults loseAnswer(String signingName, String action, int times) {
    return add(new Rule(signingName, action, "", times, 1, new Fault.AnswerLost()));
  }

  /** Closes the connection before the effect. */
  public Faults cut(String signingName, String action, int times) {
    return add(new Rule(signingName, action, "", times, 1, new Fault.Cut()));
  }

  /** Removes all rules. */
  public synchronized void clear() {
    rules.clear();
  }

  /** The number of faults injected so far. */
  public synchronized int happened() {
    return happened;
  }

  /** The fault to inject instead of this call's effect, if any; counts as one use of its rule. */
  Optional<Fault.Before> before(String signingName, String action, HttpCall call) {
    return next(signingName, action, call, Fault.Before.class);
  }

  /** The fault to inject after this call's effect, if any; counts as one use of its rule. */
  Optional<Fault.After> after(String signingName, String action, HttpCall call) {
    return next(signingName, action, call, Fault.After.class);
  }

  private synchronized Faults add(Rule rule) {
    if (rule.left < 1 || rule.share <= 0) {
      throw new IllegalArgumentException(
          "A fault without any effect: times is " + rule.left + ", share " + rule.share);
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
