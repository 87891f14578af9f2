package io.trafficmirror.reconcile;

import io.trafficmirror.event.MirrorEvent;
import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.Scope;
import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.StreamRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The distinct instances that a batch names, in the order of their first record. */
final class RequestSet {

  /**
   * The maximum plausible age of an event. EventBridge delivers an event for up to 24 hours, so an
   * older time must be wrong.
   */
  private static final Duration OLDEST_EVENT = Duration.ofDays(2);

  /** The maximum amount by which the clock of an event's sender may be ahead. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);

  private final Scope scope;
  private final Map<InstanceId, Named> named = new LinkedHashMap<>();

  /**
   * Trigger and time of the first record that names the instance, and all records that name it; the
   * list is mutable.
   */
  private record Named(Trigger trigger, Instant happenedAt, List<StreamRecord> causes) {}

  RequestSet(Scope scope) {
    this.scope = scope;
  }

  /** Adds a record that names an instance. */
  void add(StreamRecord record, MirrorEvent.AboutInstance event) {
    named
        .computeIfAbsent(
            event.instance(),
            id -> new Named(triggerOf(event), happenedAt(record, event), new ArrayList<>(1)))
        .causes()
        .add(record);
  }

  List<InstanceRequest> requests() {
    List<InstanceRequest> requests = new ArrayList<>(named.size());
    named.forEach(
        (instance, by) ->
            requests.add(
                new InstanceRequest(
                    scope, instance, by.trigger(), Optional.of(by.happenedAt()), by.causes())));
    return requests;
  }

  boolean contains(InstanceId instance) {
    return named.containsKey(instance);
  }

  private static Trigger triggerOf(MirrorEvent.AboutInstance event) {
    return switch (event) {
      case MirrorEvent.InstanceRunning ignored -> Trigger.LAUNCH;
      case MirrorEvent.Finding ignored -> Trigger.FINDING;
      case MirrorEvent.InstanceRequested ignored -> Trigger.REQUEST;
    };
  }

  private static Instant happenedAt(StreamRecord record, MirrorEvent.AboutInstance event) {
    return event
        .time()
        .filter(time -> !time.isBefore(record.arrivedAt().minus(OLDEST_EVENT)))
        .filter(time -> !time.isAfter(record.arrivedAt().plus(CLOCK_DIFFERENCE)))
        .orElse(record.arrivedAt());
  }
}
