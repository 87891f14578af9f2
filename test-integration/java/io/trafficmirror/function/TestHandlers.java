package io.trafficmirror.function;

import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;

/** Handlers that show one behaviour each, packaged as a zip file for tests. */
public final class TestHandlers {

  private TestHandlers() {}

  /** Returns the event, the context, and the number of calls so far. */
  public static final class Echo implements RequestHandler<Map<String, String>, Object> {
    private int calls;

    @Override
    public Object handleRequest(Map<String, String> event, Context context) {
      calls++;
      return Map.of(
          "event", event,
          "call", calls,
          "request", context.getAwsRequestId(),
          "arn", context.getInvokedFunctionArn(),
          "function", context.getFunctionName() + " " + context.getFunctionVersion(),
          "memory", context.getMemoryLimitInMB(),
          "left", context.getRemainingTimeInMillis());
    }
  }

  /** Returns its environment variables and JVM flags. */
  public static final class EnvironmentReport implements RequestHandler<Object, Object> {
    @Override
    public Object handleRequest(Object event, Context context) {
      return Map.of(
          "variables",
          new TreeMap<>(System.getenv()),
          "flags",
          ManagementFactory.getRuntimeMXBean().getInputArguments(),
          "home",
          System.getProperty("user.home"));
    }
  }

  /** Throws an exception if the event requests it. */
  public static final class Throwing implements RequestHandler<Map<String, String>, String> {
    @Override
    public String handleRequest(Map<String, String> event, Context context) {
      if (event.containsKey("throw")) {
        throw new IllegalStateException(event.get("throw"));
      }
      return "fine";
    }
  }

  /** Logs a line and never returns. */
  public static final class Hanging implements RequestHandler<Object, String> {
    @Override
    public String handleRequest(Object event, Context context) {
      System.out.println("hanging");
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return "never";
    }
  }

  /** Exits with the code in the event, if there is one. */
  public static final class Exiting implements RequestHandler<Map<String, Integer>, String> {
    @Override
    public String handleRequest(Map<String, Integer> event, Context context) {
      if (event.containsKey("exit")) {
        System.out.println("the last words");
        System.exit(event.get("exit"));
      }
      return "fine";
    }
  }

  /** Runs out of memory. */
  public static final class MemoryExhausting implements RequestHandler<Object, Integer> {
    @Override
    public Integer handleRequest(Object event, Context context) {
      return new byte[Integer.MAX_VALUE - 8].length;
    }
  }

  /** Returns more than Lambda accepts. */
  public static final class LargeResponse implements RequestHandler<Object, String> {
    @Override
    public String handleRequest(Object event, Context context) {
      return "x".repeat(7 << 20);
    }
  }

  /** Its constructor throws an exception. */
  public static final class FailingConstructor implements RequestHandler<Object, String> {
    /** Throws an exception. */
    public FailingConstructor() {
      throw new IllegalArgumentException("no such thing");
    }

    @Override
    public String handleRequest(Object event, Context context) {
      return "never";
    }
  }

  /** Its constructor never returns. */
  public static final class HangingConstructor implements RequestHandler<Object, String> {
    /** Waits forever. */
    public HangingConstructor() throws InterruptedException {
      new CountDownLatch(1).await();
    }

    @Override
    public String handleRequest(Object event, Context context) {
      return "never";
    }
  }

  /** Returns the hooks that have run. */
  public static final class WithSnapshotHooks
      implements RequestHandler<Object, List<String>>, Resource {
    private final List<String> steps = new ArrayList<>(List.of("made"));

    /** Registers its hooks. */
    public WithSnapshotHooks() {
      Core.getGlobalContext().register(this);
    }

    @Override
    public void beforeCheckpoint(
        com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
      steps.add("before");
    }

    @Override
    public void afterRestore(
        com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
      steps.add("after");
    }

    @Override
    public List<String> handleRequest(Object event, Context context) {
      return steps;
    }
  }

  /** Its hook after the restore throws an exception. */
  public static final class FailingRestoreHook implements RequestHandler<Object, String>, Resource {
    /** Registers its hooks. */
    public FailingRestoreHook() {
      Core.getGlobalContext().register(this);
    }

    @Override
    public void beforeCheckpoint(
        com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {}

    @Override
    public void afterRestore(
        com.amazonaws.services.lambda.crac.Context<? extends Resource> context) {
      throw new IllegalStateException("not again");
    }

    @Override
    public String handleRequest(Object event, Context context) {
      return "never";
    }
  }
}
