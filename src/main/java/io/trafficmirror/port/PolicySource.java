package io.trafficmirror.port;

/** Where the mirror policy comes from. */
public interface PolicySource {

  /**
   * Reads it. May be repeated.
   *
   * @param deadline when to stop trying
   * @return the file as it is; a failure where it could not be read or is too large
   */
  Answer<PolicyDocument> load(Deadline deadline);
}
