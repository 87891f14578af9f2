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
 * The bytes of a record to what they say. What an event needs in order to be acted on is checked
 * strictly; everything else of it may be missing or of any type.
 */
public final class EventParser {
  /** Between source and detail type; none of the known ones contains it. */
  private static final String THEN = " / ";

  private static final String STATE_CHANGE =
      "aws.ec2" + THEN + "EC2 Instance State-change Notification";
  private static final String FINDING = "aws.guardduty" + THEN + "GuardDuty Finding";
  private static final String PAGE = OwnEvents.SOURCE + THEN + OwnEvents.PAGE_TYPE;
  private static final String REQUEST = OwnEvents.SOURCE + THEN + OwnEvents.REQUEST_TYPE;

  private static final String SWEEP = OwnEvents.SOURCE + THEN + OwnEvents.SWEEP_TYPE;

  private static final String RUNNING = "running";
  private static final int MAX_ABOUT = 200;

  private EventParser() {}

  /**
   * Reads one record. Throws nothing, whatever the bytes are; may be repeated.
   *
   * @param data what the record carries; up to 10 MiB (AWS: the largest Kinesis record) are read,
   *     more is malformed
   * @param ownAccount the account whose instances we look after; empty text where it is not known,
   *     and then no event is told to be another account's
   * @return what it says; malformed where it can never be understood, with one sentence that holds
   *     at most short excerpts of the record
   */
  public static MirrorEvent parse(byte[] data, String ownAccount) {
    try {
      Fields event = new Fields("", StrictJson.read(data).members());
      return event(event, event.text("source") + THEN + event.text("detail-type"), ownAccount);
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

  /** The instance id at this key. */
  static InstanceId instance(Fields fields, String key) throws MalformedEventException {
    String text = fields.text(key);
    if (!InstanceId.isValid(text)) {
      throw fields.misfit(key, "is not an instance id", text);
    }
    return new InstanceId(text);
  }

  /** When the event happened, by its envelope. */
  static Optional<Instant> time(Fields event) {
    return instant(event.anyText("time"));
  }

  /** The moment that the text names in ISO 8601; empty where it names none. */
  static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Whether an event of this account is not ours; where either is unknown, it is. */
  static boolean isForeign(String account, String ownAccount) {
    return !account.isEmpty() && !ownAccount.isEmpty() && !account.equals(ownAccount);
  }

  /** Nothing is done, because the event is another account's. */
  static Ignored otherAccount(String what, String account) {
    return ignored(IgnoredReason.OTHER_ACCOUNT, what + " in account " + account);
  }

  /** Nothing is done. */
  static Ignored ignored(IgnoredReason reason, String about) {
    return new Ignored(reason, Excerpt.of(about, MAX_ABOUT));
  }
}
