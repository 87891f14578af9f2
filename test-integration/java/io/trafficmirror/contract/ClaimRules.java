package io.trafficmirror.contract;

import java.lang.reflect.Method;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.platform.commons.support.AnnotationSupport;
import org.opentest4j.TestAbortedException;

/**
 * How claims run against a real account: those that are for embedded AWS only do not, and say so;
 * an unverified one never fails.
 */
final class ClaimRules implements ExecutionCondition, InvocationInterceptor {

  private final Findings findings;

  ClaimRules(Findings findings) {
    this.findings = findings;
  }

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    Optional<EmbeddedOnly> embeddedOnly =
        context
            .getTestMethod()
            .flatMap(method -> AnnotationSupport.findAnnotation(method, EmbeddedOnly.class));
    if (embeddedOnly.isEmpty()) {
      return ConditionEvaluationResult.enabled("runs everywhere");
    }
    String reason = "does not run against a real account: " + embeddedOnly.get().value();
    PlainLog.say(context.getDisplayName() + " " + reason);
    return ConditionEvaluationResult.disabled(reason);
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    boolean unverified =
        AnnotationSupport.findAnnotation(method.getExecutable(), Claim.class)
            .filter(claim -> claim.status() == Claim.Status.UNVERIFIED)
            .isPresent();
    if (!unverified) {
      invocation.proceed();
      return;
    }
    try {
      invocation.proceed();
    } catch (TestAbortedException notRun) {
      throw notRun;
    } catch (RuntimeException | AssertionError surprise) {
      findings.unanswered(
          method.getExecutable().getName(), String.valueOf(surprise.getMessage()).strip());
    }
  }
}
