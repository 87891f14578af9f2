package io.trafficmirror.lambda;

import io.trafficmirror.aws.AwsCloud;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The world as Lambda gives it. */
final class LambdaHost {

  private LambdaHost() {}

  static Host create() {
    LibraryLogs.redirect(System.out::println);
    return new Host(
        System.getenv(), new SystemTime(), System.out::println, AwsCloud::open, executor());
  }

  /** Daemons: they must not keep the process alive. As many as there are writes in flight. */
  private static Executor executor() {
    return Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("write-", 0).factory());
  }
}
