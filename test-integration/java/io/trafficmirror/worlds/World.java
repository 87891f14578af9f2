package io.trafficmirror.worlds;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.harness.AwsEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;

/**
 * A place that the scenarios run in: an AWS, or what stands for it, and the pipeline in it. For one
 * thread.
 */
interface World extends AutoCloseable {

  /** AWS's APIs as they are spoken here. */
  Clients clients();

  /** The account that everything here belongs to. */
  String account();

  /**
   * Makes the deployment what the setup says: makes it where there is none, changes it where there
   * is one of another setup.
   *
   * @param policy the mirror policy, YAML
   */
  Deployed deploy(Setup setup, String policy);

  /** Takes the deployment away, as a user would. */
  void destroy();

  /** Everything in the account that a deployment may make, each as {@code kind name}. */
  SortedSet<String> inventory();

  /** A service of AWS puts an event on the default bus. */
  void emit(AwsEvent event);

  /**
   * Lets the pipeline work until something is seen.
   *
   * @return whether it was; not seen means that the work or the patience has come to an end
   */
  boolean until(BooleanSupplier seen);

  /** What the function has logged so far. */
  String log();

  /**
   * Waits until everything on the stream is worked through, where this world can tell; does nothing
   * where it cannot.
   */
  void settle();

  /** The time, as this world has it. */
  Instant now();

  /** Embedded AWS, where this world's EC2 is its: it can be told to refuse calls. */
  Optional<EmbeddedAws> embedded();

  /** Why a claim is not made here; empty where it is. */
  Optional<String> leavesOut(Claim claim);

  @Override
  void close();
}
