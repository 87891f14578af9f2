package io.trafficmirror.mirror;

/**
 * One account in one Region: the space in which EC2's ids, quotas and API rates apply. Everything
 * that is observed, remembered, planned or logged belongs to one.
 *
 * @param account twelve digits; empty text where the batch does not say
 * @param region for example {@code us-east-1}; empty text where the batch does not say
 */
public record Scope(String account, String region) {

  @Override
  public String toString() {
    return account + "/" + region;
  }
}
