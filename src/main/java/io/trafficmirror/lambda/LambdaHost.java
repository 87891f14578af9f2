package io.trafficmirror.lambda;

import io.trafficmirror.aws.AwsCloud;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** Creates the dependencies for production in Lambda. */
final class LambdaHost {

  private LambdaHost() {}

  static Host create() {
    LibraryLogs.redirect(System.out::println);
    return new Host(
        System.getenv(), new SystemTime(), System.out::println, AwsCloud::open, executor());
  }

  /**
   * Daemon threads, so that they do not keep the process alive; at most one for each write in
   * flight.
   */
  private static Executor executor() {
    return Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("write-", 0).factory());
  }
}
