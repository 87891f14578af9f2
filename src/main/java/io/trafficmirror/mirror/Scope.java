package io.trafficmirror.mirror;

/**
 * One account in one Region, within which EC2 ids, quotas and API rates apply. Every observation,
 * remembered fact, plan and log line belongs to one scope.
 *
 * @param account twelve digits; empty if the batch does not contain it
 * @param region for example {@code us-east-1}; empty if the batch does not contain it
 */
public record Scope(String account, String region) {

  @Override
  public String toString() {
    return account + "/" + region;
  }
}
