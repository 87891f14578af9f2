package io.trafficmirror.event;

import io.trafficmirror.event.MirrorEvent.Finding;
import java.util.Optional;

/**
 * Parses GuardDuty findings. A finding is used if it names an instance, whatever its resource type:
 * findings about buckets or clusters carry {@code instanceDetails} too.
 */
final class FindingParser {
  /** The instance id in the sample findings that GuardDuty generates. */
  private static final String SAMPLE_INSTANCE = "i-99999999";

  private FindingParser() {}

  static MirrorEvent parse(Fields event, String ownAccount) throws MalformedEventException {
    Fields detail = event.object("detail");
    if (isSample(detail)) {
      return EventParser.ignored(IgnoredReason.SAMPLE_FINDING, about(detail));
    }
    if (detail.anyObject("service").isTrue("archived")) {
      return EventParser.ignored(IgnoredReason.ARCHIVED_FINDING, about(detail));
    }
    String account = account(event, detail);
    if (EventParser.isForeign(account, ownAccount)) {
      return EventParser.otherAccount(about(detail), account);
    }
    Optional<Fields> details = instanceDetails(detail).filter(d -> d.has("instanceId"));
    if (details.isEmpty()) {
      return EventParser.ignored(IgnoredReason.NO_INSTANCE, about(detail));
    }
    return new Finding(
        EventParser.instance(details.get(), "instanceId"),
        detail.anyText("id"),
        detail.anyText("type"),
        EventParser.time(event));
  }

  private static boolean isSample(Fields detail) {
    return detail.anyObject("service").anyObject("additionalInfo").isTrue("sample")
        || detail
            .anyObject("resource")
            .anyObject("instanceDetails")
            .anyText("instanceId")
            .equals(SAMPLE_INSTANCE);
  }

  private static Optional<Fields> instanceDetails(Fields detail) throws MalformedEventException {
    Optional<Fields> resource = detail.optionalObject("resource");
    return resource.isPresent()
        ? resource.get().optionalObject("instanceDetails")
        : Optional.empty();
  }

  /**
   * The account that the finding is about. An administrator account also receives its members'
   * findings, in events whose {@code account} is the administrator's.
   */
  private static String account(Fields event, Fields detail) {
    String account = detail.anyText("accountId");
    return account.isEmpty() ? event.anyText("account") : account;
  }

  private static String about(Fields detail) {
    return "finding %s of type %s".formatted(detail.anyText("id"), detail.anyText("type"));
  }
}
