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

/** The distinct instances that a batch names, in the order in which they are named first. */
final class RequestSet {

  /**
   * An event that says it is older than EventBridge would deliver it (24 hours) is wrong about its
   * time.
   */
  private static final Duration OLDEST_EVENT = Duration.ofDays(2);

  /** How far ahead the clock of an event's sender may be. */
  private static final Duration CLOCK_DIFFERENCE = Duration.ofHours(1);

  private final Scope scope;
  private final Map<InstanceId, Named> named = new LinkedHashMap<>();

  /** What the first record says, and all that name the instance; the list grows. */
  private record Named(Trigger trigger, Instant happenedAt, List<StreamRecord> causes) {}

  RequestSet(Scope scope) {
    this.scope = scope;
  }

  /** The record names this instance. */
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
