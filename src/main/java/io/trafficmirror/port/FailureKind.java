package io.trafficmirror.port;

import io.trafficmirror.mirror.Reason;
import java.util.Optional;

/** What a failed call means for the work that it belonged to. The set is closed. */
public enum FailureKind {
  /** The service asks for fewer calls. */
  THROTTLED(Scope.EVERYONE),
  /**
   * The service, or the way to it, is broken: 5xx, reset, time-out, no address. The effect is
   * unknown.
   */
  UNAVAILABLE(Scope.EVERYONE),
  /** The invocation has no time left for the call; it was not made. */
  OUT_OF_TIME(Scope.EVERYONE),
  /** This invocation has launched as many targets as it may; the rest waits for the retry. */
  POOL_GROWS(Scope.EVERYONE),
  /** The function may not do that: wrong credentials or a missing permission. */
  DENIED(Scope.DENIED),
  /** EC2 does not show the instance, perhaps not yet; after a while it is taken for gone. */
  INSTANCE_NOT_SEEN(Scope.INSTANCE),
  /** EC2 does not know the interface, perhaps not yet. */
  NOT_VISIBLE_YET(Scope.INSTANCE),
  /** EC2 has no instance of the wanted type left in that zone. */
  NO_CAPACITY(Scope.INSTANCE),
  /** The subnet has no free address. */
  SUBNET_FULL(Scope.INSTANCE),
  /**
   * A refusal that is not otherwise known, perhaps a session number that is taken: look again
   * before judging.
   */
  REFUSED(Scope.OBSERVE_AGAIN),
  /** The client token was used for another request: look again. */
  TOKEN_MISMATCH(Scope.OBSERVE_AGAIN),
  /** The session to be modified is no longer there: look again. */
  SESSION_NOT_FOUND(Scope.OBSERVE_AGAIN),
  /** What is seen of a pool does not agree with what EC2 has said of it: look again. */
  POOL_SETTLES(Scope.OBSERVE_AGAIN),
  /** The client token launched an instance that has ended: another token is needed. */
  INSTANCE_ENDED(Scope.OBSERVE_AGAIN),
  /** The mirror target still has sessions. */
  TARGET_IN_USE(Scope.OBSERVE_AGAIN),
  /** EC2 does not take the token of a page: expired, or of another account or time. */
  PAGE_TOKEN_REFUSED(Scope.TERMINAL, Reason.INVALID_REQUEST),
  /** The instance type, or the kind of interface, cannot be a source. */
  UNSUPPORTED_SOURCE(Scope.TERMINAL, Reason.UNSUPPORTED_SOURCE),
  /** The interface is a mirror target. */
  SOURCE_IS_A_TARGET(Scope.TERMINAL, Reason.IS_A_MIRROR_TARGET),
  /** The target has as many sources as it may have. */
  TARGET_FULL(Scope.TERMINAL, Reason.TARGET_FULL),
  /** The interface has three sessions. */
  INTERFACE_SESSION_LIMIT(Scope.TERMINAL, Reason.INTERFACE_SESSION_LIMIT),
  /** The account has as many sessions as it may have. */
  ACCOUNT_SESSION_LIMIT(Scope.TERMINAL, Reason.ACCOUNT_SESSION_LIMIT),
  /** The mirror target does not exist. */
  TARGET_NOT_FOUND(Scope.TERMINAL, Reason.TARGET_NOT_FOUND),
  /** The mirror filter does not exist. */
  FILTER_NOT_FOUND(Scope.TERMINAL, Reason.FILTER_NOT_FOUND),
  /** The account may have no more instances of the type. */
  LAUNCH_LIMIT(Scope.TERMINAL, Reason.LAUNCH_LIMIT),
  /** The image does not exist, or not for this account. */
  IMAGE_NOT_FOUND(Scope.TERMINAL, Reason.IMAGE_NOT_FOUND),
  /** The security group does not exist. */
  SECURITY_GROUP_NOT_FOUND(Scope.TERMINAL, Reason.SECURITY_GROUP_NOT_FOUND),
  /** The subnet does not exist. */
  SUBNET_NOT_FOUND(Scope.TERMINAL, Reason.SUBNET_NOT_FOUND),
  /** The instance type does not exist, or not there. */
  TYPE_NOT_OFFERED(Scope.TERMINAL, Reason.TYPE_NOT_OFFERED),
  /** The account may have no more mirror targets, or the interface cannot be one. */
  NO_TARGET(Scope.TERMINAL, Reason.NO_TARGET),
  /** The request can never succeed as it is: malformed, a parameter missing, an action unknown. */
  INVALID(Scope.TERMINAL, Reason.INVALID_REQUEST);

  /** Who has to try again. */
  public enum Scope {
    /** The batch, from this record on, for as long as the record's age allows. */
    EVERYONE,
    /** This instance only, and for a short while only. */
    INSTANCE,
    /** This instance only, after EC2 was asked again what is there. */
    OBSERVE_AGAIN,
    /** Everyone in the first minutes after the function's initialisation, nobody afterwards. */
    DENIED,
    /** Nobody. */
    TERMINAL
  }

  private final Scope scope;
  private final Optional<Reason> reason;

  FailureKind(Scope scope) {
    this.scope = scope;
    this.reason = Optional.empty();
  }

  FailureKind(Scope scope, Reason reason) {
    this.scope = scope;
    this.reason = Optional.of(reason);
  }

  /** Who has to try again. */
  public Scope scope() {
    return scope;
  }

  /** The reason that a terminal failure leaves with the instance; empty for every other scope. */
  public Optional<Reason> reason() {
    return reason;
  }
}
