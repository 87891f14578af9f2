package io.trafficmirror.port;

/** Puts records on a Kinesis stream. */
public interface StreamWriter {

  /**
   * Puts one record; an entry that Kinesis refused is sent again until it is taken or the time is
   * over. A record that was put twice is harmless.
   *
   * @param streamArn the stream
   * @param partitionKey 1 to 256 characters
   * @param data at most 1 MiB
   * @param deadline when to give up
   * @return the sequence number
   */
  Answer<String> put(String streamArn, String partitionKey, byte[] data, Deadline deadline);
}
