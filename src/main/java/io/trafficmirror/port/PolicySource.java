package io.trafficmirror.port;

/** The source of the policy. */
public interface PolicySource {

  /**
   * Reads the policy. May be repeated.
   *
   * @param deadline when to stop trying
   * @return the unparsed file; a failure if it cannot be read or is too large
   */
  Answer<PolicyDocument> load(Deadline deadline);
}
