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

/** Handlers that do one thing each; packed into a zip, they run in an environment of their own. */
public final class TinyHandlers {

  private TinyHandlers() {}

  /** Tells what it was given, and how often it was called before. */
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

  /** Tells the variables and the flags that it runs with. */
  public static final class Surroundings implements RequestHandler<Object, Object> {
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

  /** Throws where the event says so. */
  public static final class Thrower implements RequestHandler<Map<String, String>, String> {
    @Override
    public String handleRequest(Map<String, String> event, Context context) {
      if (event.containsKey("throw")) {
        throw new IllegalStateException(event.get("throw"));
      }
      return "fine";
    }
  }

  /** Never answers, and says that it started. */
  public static final class Hanger implements RequestHandler<Object, String> {
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

  /** Ends the process where the event says with which code. */
  public static final class Exiter implements RequestHandler<Map<String, Integer>, String> {
    @Override
    public String handleRequest(Map<String, Integer> event, Context context) {
      if (event.containsKey("exit")) {
        System.out.println("the last words");
        System.exit(event.get("exit"));
      }
      return "fine";
    }
  }

  /** Uses up the memory. */
  public static final class Glutton implements RequestHandler<Object, Integer> {
    @Override
    public Integer handleRequest(Object event, Context context) {
      return new byte[Integer.MAX_VALUE - 8].length;
    }
  }

  /** Answers with more than Lambda takes. */
  public static final class Talker implements RequestHandler<Object, String> {
    @Override
    public String handleRequest(Object event, Context context) {
      return "x".repeat(7 << 20);
    }
  }

  /** Cannot be made. */
  public static final class Broken implements RequestHandler<Object, String> {
    /** Throws. */
    public Broken() {
      throw new IllegalArgumentException("no such thing");
    }

    @Override
    public String handleRequest(Object event, Context context) {
      return "never";
    }
  }

  /** Is never made. */
  public static final class NeverReady implements RequestHandler<Object, String> {
    /** Waits for ever. */
    public NeverReady() throws InterruptedException {
      new CountDownLatch(1).await();
    }

    @Override
    public String handleRequest(Object event, Context context) {
      return "never";
    }
  }

  /** Tells which of its hooks have run. */
  public static final class Hooked implements RequestHandler<Object, List<String>>, Resource {
    private final List<String> steps = new ArrayList<>(List.of("made"));

    /** Registers its hooks. */
    public Hooked() {
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

  /** Its hook after the restore throws. */
  public static final class NotRestorable implements RequestHandler<Object, String>, Resource {
    /** Registers its hooks. */
    public NotRestorable() {
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
