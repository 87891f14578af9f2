package io.trafficmirror.port;

import java.util.Optional;

/**
 * The outside world as one value: every port that leads to AWS. Safe for use by several threads.
 */
public interface Cloud {

  /** The reads of EC2 in the account and Region. */
  Ec2Reads ec2Reads();

  /** The writes of EC2 in the account and Region. */
  Ec2Writes ec2Writes();

  /** The Kinesis of the account and region. */
  StreamWriter stream();

  /**
   * Where payloads are kept.
   *
   * @param bucket the name of an S3 bucket
   */
  FailureStore failureStore(String bucket);

  /**
   * A policy in S3.
   *
   * @param bucket the name of the bucket
   * @param key the key of the object
   * @param version the version of the object; empty for the newest
   */
  PolicySource policyInS3(String bucket, String key, Optional<String> version);

  /**
   * A policy in a file that came with the function.
   *
   * @param path where it is
   */
  PolicySource policyInFile(String path);

  /**
   * This process will be stored, and copies of it go on: makes everything that is otherwise made
   * with its first use, forgets what must not be in a copy (credentials), and from now on leaves no
   * connection open behind a call. May be repeated; throws where something cannot be made. One that
   * lives in this process has nothing to do.
   */
  default void beforeSnapshot() {}

  /** This process is such a copy, or goes on without one: connections may be kept again. */
  default void afterRestore() {}
}
