package io.trafficmirror.embedded.ec2;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers the result of each client token. AWS does not document for how long, so this is
 * configurable.
 */
final class ClientTokens {

  /**
   * The use of a token.
   *
   * @param request the digest of the request
   * @param made the created resource, in its original state
   * @param since when it was created
   */
  private record Use(String request, Object made, Instant since) {}

  private final Map<String, Use> uses = new LinkedHashMap<>();
  private final InstantSource clock;
  private final Duration life;

  ClientTokens(InstantSource clock, Duration life) {
    this.clock = clock;
    this.life = life;
  }

  /** Forgets all tokens. */
  void forgetAll() {
    uses.clear();
  }

  /** The validated client token of a request. */
  static Optional<String> of(Parameters request) {
    Optional<String> token = request.text("ClientToken").filter(text -> !text.isEmpty());
    token.ifPresent(
        text -> {
          // 64 ASCII characters: EC2 Developer Guide, "Ensuring idempotency".
          if (text.length() > 64 || !text.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
            throw new ApiException(
                "InvalidParameterValue",
                "Invalid value for ClientToken: it may have up to 64 ASCII characters");
          }
        });
    return token;
  }

  /**
   * The resource that the token created before.
   *
   * @param scope the scope of uniqueness, for example an action
   * @throws ApiException if the token was used for a different request
   */
  <T> Optional<T> replay(String scope, String token, String request, Class<T> kind) {
    Use use = uses.get(scope + "\n" + token);
    if (use == null || isOver(use)) {
      return Optional.empty();
    }
    if (!use.request().equals(request)) {
      throw new ApiException(
          "IdempotentParameterMismatch",
          "Arguments on this idempotent request are inconsistent with arguments used in previous"
              + " request(s).");
    }
    return Optional.of(kind.cast(use.made()));
  }

  /**
   * Remembers the resource of a token. A replay creates nothing, so it does not extend the token's
   * lifetime.
   */
  void remember(String scope, String token, String request, Object made) {
    forgetOldest();
    Use now = new Use(request, made, clock.instant());
    uses.merge(
        scope + "\n" + token,
        now,
        (before, after) -> before.made().equals(after.made()) ? before : after);
  }

  private void forgetOldest() {
    Iterator<Use> oldest = uses.values().iterator();
    while (oldest.hasNext() && isOver(oldest.next())) {
      oldest.remove();
    }
  }

  private boolean isOver(Use use) {
    return use.since().plus(life).isBefore(clock.instant());
  }
}
