package io.trafficmirror.event;

import io.trafficmirror.event.MirrorEvent.Ignored;
import io.trafficmirror.event.MirrorEvent.InstanceRequested;
import io.trafficmirror.event.MirrorEvent.InstanceRunning;
import io.trafficmirror.event.MirrorEvent.Malformed;
import io.trafficmirror.mirror.InstanceId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * Parses a stream record into a {@link MirrorEvent}. The fields needed to act on an event are
 * checked strictly; all other fields may be missing or have any type.
 */
public final class EventParser {
  /** Separates source and detail type; no known source or detail type contains it. */
  private static final String SEPARATOR = " / ";

  private static final String STATE_CHANGE =
      "aws.ec2" + SEPARATOR + "EC2 Instance State-change Notification";
  private static final String FINDING = "aws.guardduty" + SEPARATOR + "GuardDuty Finding";
  private static final String PAGE = OwnEvents.SOURCE + SEPARATOR + OwnEvents.PAGE_TYPE;
  private static final String REQUEST = OwnEvents.SOURCE + SEPARATOR + OwnEvents.REQUEST_TYPE;

  private static final String SWEEP = OwnEvents.SOURCE + SEPARATOR + OwnEvents.SWEEP_TYPE;

  private static final String RUNNING = "running";
  private static final int MAX_SUBJECT = 200;

  private EventParser() {}

  /**
   * Parses one record. Never throws, whatever the bytes are. Parsing may be repeated.
   *
   * @param data the record's data; up to 10 MiB (AWS: the largest Kinesis record) is read, anything
   *     larger is malformed
   * @param ownAccount the account whose instances this deployment mirrors; an empty string if it is
   *     not known, in which case no event is ignored as another account's
   * @return the event; {@link MirrorEvent.Malformed} if the record can never be parsed, with a
   *     one-sentence reason that quotes at most short excerpts of the record
   */
  public static MirrorEvent parse(byte[] data, String ownAccount) {
    try {
      Fields event = new Fields("", StrictJson.read(data).members());
      return event(event, event.text("source") + SEPARATOR + event.text("detail-type"), ownAccount);
    } catch (MalformedEventException e) {
      return new Malformed(e.reason());
    }
  }

  private static MirrorEvent event(Fields event, String type, String ownAccount)
      throws MalformedEventException {
    return switch (type) {
      case STATE_CHANGE -> stateChange(event, ownAccount);
      case FINDING -> FindingParser.parse(event, ownAccount);
      case PAGE -> page(event, ownAccount);
      case REQUEST -> instanceRequest(event, ownAccount);
      case SWEEP -> sweep(event, ownAccount);
      default -> ignored(IgnoredReason.UNKNOWN_EVENT_TYPE, type);
    };
  }

  private static MirrorEvent stateChange(Fields event, String ownAccount)
      throws MalformedEventException {
    Fields detail = event.object("detail");
    InstanceId instance = instance(detail, "instance-id");
    if (isForeign(event.anyText("account"), ownAccount)) {
      return otherAccount(instance.value(), event.anyText("account"));
    }
    String state = detail.text("state");
    return state.equals(RUNNING)
        ? new InstanceRunning(instance, time(event))
        : ignored(IgnoredReason.OTHER_STATE, instance + " is " + state);
  }

  private static MirrorEvent page(Fields event, String ownAccount) throws MalformedEventException {
    MirrorEvent page = PageParser.parse(event.object("detail"));
    return isForeign(event.anyText("account"), ownAccount)
        ? otherAccount("a backfill page", event.anyText("account"))
        : page;
  }

  private static MirrorEvent sweep(Fields event, String ownAccount) throws MalformedEventException {
    String runId = PageParser.runId(event.object("detail"));
    return isForeign(event.anyText("account"), ownAccount)
        ? otherAccount("a target sweep", event.anyText("account"))
        : new MirrorEvent.TargetSweep(runId);
  }

  private static MirrorEvent instanceRequest(Fields event, String ownAccount)
      throws MalformedEventException {
    InstanceId instance = instance(event.object("detail"), "instance-id");
    return isForeign(event.anyText("account"), ownAccount)
        ? otherAccount(instance.value(), event.anyText("account"))
        : new InstanceRequested(instance, time(event));
  }

  /** The instance id under this key. */
  static InstanceId instance(Fields fields, String key) throws MalformedEventException {
    String text = fields.text(key);
    if (!InstanceId.isValid(text)) {
      throw fields.invalid(key, "is not an instance id", text);
    }
    return new InstanceId(text);
  }

  /** The {@code time} in the event's envelope. */
  static Optional<Instant> time(Fields event) {
    return instant(event.anyText("time"));
  }

  /** Parses an ISO 8601 timestamp; empty if the text is not one. */
  static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether the event belongs to another account. False if either account is unknown. */
  static boolean isForeign(String account, String ownAccount) {
    return !account.isEmpty() && !ownAccount.isEmpty() && !account.equals(ownAccount);
  }

  /** An event that is ignored because it belongs to another account. */
  static Ignored otherAccount(String subject, String account) {
    return ignored(IgnoredReason.OTHER_ACCOUNT, subject + " in account " + account);
  }

  /** An event that is ignored for this reason; a long subject is shortened. */
  static Ignored ignored(IgnoredReason reason, String subject) {
    return new Ignored(reason, Excerpt.of(subject, MAX_SUBJECT));
  }
}
