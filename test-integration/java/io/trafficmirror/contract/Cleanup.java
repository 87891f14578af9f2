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
 * Removes the resources that have the contract suite's tag, and no others. Can be repeated.
 *
 * @param ec2 the account
 * @param runId the run whose resources are removed; empty for all runs
 * @param polling how to wait for instances to terminate
 */
record Cleanup(Ec2Client ec2, Optional<String> runId, Polling polling) {

  /**
   * Removes sessions, targets, filters, instances and interfaces, in the order of their
   * dependencies.
   *
   * @return one line per resource that could not be removed, with the reason; empty if nothing
   *     remains
   */
  List<String> run() {
    List<String> problems = new ArrayList<>();
    sessions()
        .forEach(
            id ->
                remove(
                    id,
                    problems,
                    resource ->
                        ec2.deleteTrafficMirrorSession(it -> it.trafficMirrorSessionId(resource))));
    targets()
        .forEach(
            id ->
                remove(
                    id,
                    problems,
                    resource ->
                        ec2.deleteTrafficMirrorTarget(it -> it.trafficMirrorTargetId(resource))));
    filters()
        .forEach(
            id ->
                remove(
                    id,
                    problems,
                    resource ->
                        ec2.deleteTrafficMirrorFilter(it -> it.trafficMirrorFilterId(resource))));
    List<String> instances = instances();
    instances.forEach(
        id ->
            remove(
                id, problems, resource -> ec2.terminateInstances(it -> it.instanceIds(resource))));
    if (!instances.isEmpty()) {
      polling.awaitState(ec2, instances, InstanceStateName.TERMINATED);
    }
    interfaces()
        .forEach(
            id ->
                remove(
                    id,
                    problems,
                    resource -> ec2.deleteNetworkInterface(it -> it.networkInterfaceId(resource))));
    return problems;
  }

  /**
   * Removes one resource. A resource that is already gone is ignored, and one in use is retried.
   */
  private void remove(String id, List<String> problems, Consumer<String> delete) {
    try {
      Optional<String> errorCode =
          polling.eventually(
              () -> errorCode(id, delete), code -> code.isEmpty() || isGone(code.get()));
      errorCode
          .filter(code -> !isGone(code))
          .ifPresent(code -> problems.add(id + " could not be removed: " + code));
    } catch (RuntimeException broken) {
      problems.add(id + " could not be removed: " + broken.getMessage());
    }
  }

  private static Optional<String> errorCode(String id, Consumer<String> delete) {
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

  // AWS documents no tag filter for mirror resources, so all are read and filtered here.
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
    return Fixture.filter("tag-key", Ec2World.TAG);
  }

  private boolean isOurs(List<Tag> tags) {
    return tags.stream()
        .anyMatch(
            tag ->
                tag.key().equals(Ec2World.TAG)
                    && (runId.isEmpty() || runId.get().equals(tag.value())));
  }
}
