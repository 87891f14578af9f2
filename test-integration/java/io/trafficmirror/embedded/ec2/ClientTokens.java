package io.trafficmirror.embedded.ec2;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers what was made for which client token. AWS does not document for how long: it is set.
 */
final class ClientTokens {

  /**
   * What a token made.
   *
   * @param request the digest of everything that the request asked for
   * @param made what came of it, as it was then
   * @param since when it was made
   */
  private record Use(String request, Object made, Instant since) {}

  private final Map<String, Use> uses = new LinkedHashMap<>();
  private final InstantSource clock;
  private final Duration life;

  ClientTokens(InstantSource clock, Duration life) {
    this.clock = clock;
    this.life = life;
  }

  /** From now on no token was ever used. */
  void forgetAll() {
    uses.clear();
  }

  /** The token of a request, checked for its form. */
  static Optional<String> of(Parameters request) {
    Optional<String> token = request.text("ClientToken").filter(text -> !text.isEmpty());
    token.ifPresent(
        text -> {
          // 64 ASCII characters: EC2 Developer Guide, "Ensuring idempotency".
          if (text.length() > 64 || !text.chars().allMatch(c -> c >= 0x20 && c < 0x7F)) {
            throw new Refusal(
                "InvalidParameterValue",
                "Invalid value for ClientToken: it may have up to 64 ASCII characters");
          }
        });
    return token;
  }

  /**
   * What the token made before.
   *
   * @param scope where the token is unique, an action's name say
   * @throws Refusal where it was used for another request
   */
  <T> Optional<T> replay(String scope, String token, String request, Class<T> kind) {
    Use use = uses.get(scope + "\n" + token);
    if (use == null || isOver(use)) {
      return Optional.empty();
    }
    if (!use.request().equals(request)) {
      throw new Refusal(
          "IdempotentParameterMismatch",
          "Arguments on this idempotent request are inconsistent with arguments used in previous"
              + " request(s).");
    }
    return Optional.of(kind.cast(use.made()));
  }

  /** Remembers what a token made; a replay makes nothing, so the time counts on. */
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
