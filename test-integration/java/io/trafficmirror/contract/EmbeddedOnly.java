package io.trafficmirror.contract;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a claim that does not run against a real account. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface EmbeddedOnly {

  /** The reason, which completes the sentence "does not run against a real account: ...". */
  String value();
}
