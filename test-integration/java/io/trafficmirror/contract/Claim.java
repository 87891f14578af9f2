package io.trafficmirror.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How well a claim about AWS is founded. Every test of the contract carries one. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface Claim {

  /** How well the claim is founded. */
  Status status();

  /** Where it is from: the address or name of a page of AWS, or of the public code that saw it. */
  String source();

  /** The degrees of certainty, best first. */
  enum Status {
    /** AWS says so. A real account that does otherwise fails the claim. */
    DOCUMENTED,
    /** Public code that runs against AWS relies on it. A real account may fail the claim. */
    OBSERVED,
    /**
     * Nobody has shown it. Against a real account the claim reports what AWS answered and never
     * fails; embedded AWS must answer as the variant says that it was started with.
     */
    UNVERIFIED
  }
}
