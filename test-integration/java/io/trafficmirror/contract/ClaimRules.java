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
 * The rules for running claims against a real account: a claim for embedded AWS only is skipped
 * with its reason, and an unverified claim never fails.
 */
final class ClaimRules implements ExecutionCondition, InvocationInterceptor {

  private final AnswerReport answers;

  ClaimRules(AnswerReport answers) {
    this.answers = answers;
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
    PlainLog.info(context.getDisplayName() + " " + reason);
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
      answers.recordUnanswered(
          method.getExecutable().getName(), String.valueOf(surprise.getMessage()).strip());
    }
  }
}
