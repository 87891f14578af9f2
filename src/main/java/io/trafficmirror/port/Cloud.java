package io.trafficmirror.port;

import java.util.Optional;

/** All ports to AWS in one value. Safe for use by several threads. */
public interface Cloud {

  /** EC2 reads in the account and Region. */
  Ec2Reads ec2Reads();

  /** EC2 writes in the account and Region. */
  Ec2Writes ec2Writes();

  /** Kinesis in the account and Region. */
  StreamWriter stream();

  /**
   * The store for failed items in a bucket.
   *
   * @param bucket the name of an S3 bucket
   */
  FailureStore failureStore(String bucket);

  /**
   * A policy in S3.
   *
   * @param bucket the name of the bucket
   * @param key the key of the object
   * @param version the version of the object; empty for the latest
   */
  PolicySource policyInS3(String bucket, String key, Optional<String> version);

  /**
   * A policy in a file of the function's deployment package.
   *
   * @param path the path of the file
   */
  PolicySource policyInFile(String path);

  /**
   * Prepares this process for a snapshot that is restored into copies: initialises everything that
   * is otherwise created on first use, discards state that must not be in a copy (credentials), and
   * from now on closes each connection after its call. May be repeated; throws if initialisation
   * fails. An in-process implementation has nothing to do.
   */
  default void beforeSnapshot() {}

  /**
   * Ends the preparation, in a restored copy or in a process that continues without a snapshot:
   * connections may stay open again.
   */
  default void afterRestore() {}
}
