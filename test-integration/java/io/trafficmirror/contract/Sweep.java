package io.trafficmirror.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.Ec2Exception;
import software.amazon.awssdk.services.ec2.model.Filter;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.NetworkInterface;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorFilter;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorSession;
import software.amazon.awssdk.services.ec2.model.TrafficMirrorTarget;

/**
 * Removes everything that carries the contract's tag, and nothing else. May be repeated.
 *
 * @param ec2 the account
 * @param runId only what this run has made; of every run when empty
 * @param patience for instances to end
 */
record Sweep(Ec2Client ec2, Optional<String> runId, Patience patience) {

  /**
   * Removes sessions, targets, filters, instances and interfaces, in the order in which they hold
   * each other.
   *
   * @return what could not be removed and why, one line each; empty when nothing is left
   */
  List<String> run() {
    List<String> problems = new ArrayList<>();
    sessions()
        .forEach(
            id ->
                remove(
                    id,
                    problems,
                    gone -> ec2.deleteTrafficMirrorSession(it -> it.trafficMirrorSessionId(gone))));
    targets()
        .forEach(
            id ->
                remove(
                    id,
                    problems,
                    gone -> ec2.deleteTrafficMirrorTarget(it -> it.trafficMirrorTargetId(gone))));
    filters()
        .forEach(
            id ->
                remove(
                    id,
                    problems,
                    gone -> ec2.deleteTrafficMirrorFilter(it -> it.trafficMirrorFilterId(gone))));
    List<String> instances = instances();
    instances.forEach(
        id -> remove(id, problems, gone -> ec2.terminateInstances(it -> it.instanceIds(gone))));
    if (!instances.isEmpty()) {
      patience.untilReached(ec2, instances, InstanceStateName.TERMINATED);
    }
    interfaces()
        .forEach(
            id ->
                remove(
                    id,
                    problems,
                    gone -> ec2.deleteNetworkInterface(it -> it.networkInterfaceId(gone))));
    return problems;
  }

  /** Removes one thing; what is gone already is no problem, and what is in use is tried again. */
  private void remove(String id, List<String> problems, Consumer<String> delete) {
    try {
      Optional<String> refusal =
          patience.eventually(
              () -> refusal(id, delete), code -> code.isEmpty() || isGone(code.get()));
      refusal
          .filter(code -> !isGone(code))
          .ifPresent(code -> problems.add(id + " could not be removed: " + code));
    } catch (RuntimeException broken) {
      problems.add(id + " could not be removed: " + broken.getMessage());
    }
  }

  private static Optional<String> refusal(String id, Consumer<String> delete) {
    try {
      delete.accept(id);
      return Optional.empty();
    } catch (Ec2Exception refused) {
      return Optional.of(refused.awsErrorDetails().errorCode());
    }
  }

  private static boolean isGone(String code) {
    return code.endsWith("NotFound") || code.endsWith("NoFound");
  }

  // AWS documents no tag filter for mirror resources: all are read, and judged here.
  private List<String> sessions() {
    return ec2.describeTrafficMirrorSessionsPaginator(all -> {}).trafficMirrorSessions().stream()
        .filter(session -> isOurs(session.tags()))
        .map(TrafficMirrorSession::trafficMirrorSessionId)
        .toList();
  }

  private List<String> targets() {
    return ec2.describeTrafficMirrorTargetsPaginator(all -> {}).trafficMirrorTargets().stream()
        .filter(target -> isOurs(target.tags()))
        .map(TrafficMirrorTarget::trafficMirrorTargetId)
        .toList();
  }

  private List<String> filters() {
    return ec2.describeTrafficMirrorFiltersPaginator(all -> {}).trafficMirrorFilters().stream()
        .filter(filter -> isOurs(filter.tags()))
        .map(TrafficMirrorFilter::trafficMirrorFilterId)
        .toList();
  }

  private List<String> instances() {
    return ec2.describeInstancesPaginator(read -> read.filters(tagged())).reservations().stream()
        .flatMap(reservation -> reservation.instances().stream())
        .filter(instance -> isOurs(instance.tags()))
        .filter(instance -> instance.state().name() != InstanceStateName.TERMINATED)
        .map(Instance::instanceId)
        .toList();
  }

  private List<String> interfaces() {
    return ec2
        .describeNetworkInterfacesPaginator(read -> read.filters(tagged()))
        .networkInterfaces()
        .stream()
        .filter(network -> isOurs(network.tagSet()))
        .map(NetworkInterface::networkInterfaceId)
        .toList();
  }

  private static Filter tagged() {
    return Stage.filter("tag-key", Ec2World.TAG);
  }

  private boolean isOurs(List<Tag> tags) {
    return tags.stream()
        .anyMatch(
            tag ->
                tag.key().equals(Ec2World.TAG)
                    && (runId.isEmpty() || runId.get().equals(tag.value())));
  }
}
