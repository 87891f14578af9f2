package io.trafficmirror.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The evidence for a claim about AWS. Every test of the contract suite is annotated with it. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Claim {

  /** The degree of certainty. */
  Status status();

  /**
   * The source: the address or name of an AWS page, or the public code that observed the behaviour.
   */
  String source();

  /** The degrees of certainty, best first. */
  enum Status {
    /** Documented by AWS. The claim fails if a real account behaves differently. */
    DOCUMENTED,
    /**
     * Relied on by public code that runs against AWS. The claim can fail against a real account.
     */
    OBSERVED,
    /**
     * Not verified by anybody. Against a real account, the claim reports AWS's answer and never
     * fails; embedded AWS must behave as configured by its variant.
     */
    UNVERIFIED
  }
}
