package io.trafficmirror.worlds;

import io.trafficmirror.embedded.EmbeddedAws;
import io.trafficmirror.harness.AwsEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BooleanSupplier;

/**
 * An environment for the scenarios: an emulated AWS and the pipeline deployed in it. Not safe for
 * use by several threads.
 */
interface World extends AutoCloseable {

  /** Clients for this world's AWS. */
  Clients clients();

  /** The AWS account of this world. */
  String account();

  /**
   * Creates the deployment with the given setup, or changes it to that setup.
   *
   * @param policy the mirror policy, YAML
   */
  Deployed deploy(Setup setup, String policy);

  /** Destroys the deployment as a user would. */
  void destroy();

  /**
   * The resources in the account of the kinds that a deployment creates, each as {@code kind name}.
   */
  SortedSet<String> inventory();

  /** Puts an event of an AWS service on the default event bus. */
  void emit(AwsEvent event);

  /**
   * Lets the pipeline work until a condition holds.
   *
   * @return whether it holds; false if all work is done or the limit is reached
   */
  boolean waitUntil(BooleanSupplier seen);

  /** The function's log so far. */
  String log();

  /**
   * Waits until all records on the stream are processed; does nothing if this world cannot detect
   * that.
   */
  void waitUntilIdle();

  /** The current time of this world. */
  Instant now();

  /** Embedded AWS if this world uses its EC2, for injecting errors. */
  Optional<EmbeddedAws> embedded();

  /** Why this world lacks a capability; empty if it has it. */
  Optional<String> unsupportedReason(Capability capability);

  @Override
  void close();
}
