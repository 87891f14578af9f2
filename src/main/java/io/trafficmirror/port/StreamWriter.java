package io.trafficmirror.port;

/** Puts records on a Kinesis stream. */
public interface StreamWriter {

  /**
   * Puts one record. A record that Kinesis refuses is sent again until Kinesis accepts it or the
   * deadline passes. Putting a record twice is harmless.
   *
   * @param streamArn the stream
   * @param partitionKey 1 to 256 characters
   * @param data at most 1 MiB
   * @param deadline when to stop trying
   * @return the sequence number
   */
  Answer<String> put(String streamArn, String partitionKey, byte[] data, Deadline deadline);
}
