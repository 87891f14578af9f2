package io.trafficmirror.embedded.ec2;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** StartInstances, StopInstances and TerminateInstances. */
final class StateActions {

  private final World world;

  StateActions(World world) {
    this.world = world;
  }

  Map<String, Action> actions() {
    return Map.of(
        "StartInstances", Action.of("InstanceId.#", this::start),
        "StopInstances", Action.of("InstanceId.# Force", this::stop),
        "TerminateInstances", Action.of("InstanceId.#", this::terminate));
  }

  private void start(Parameters request, Xml out) {
    List<Instance> instances = instances(request);
    View view = world.current();
    for (Instance instance : instances) {
      State state = instance.status().at(view);
      if (state.isEnding() || state == State.STOPPING) {
        throw wrongState(instance, "started");
      }
    }
    change(
        instances,
        out,
        instance ->
            instance.status().at(view) == State.STOPPED
                ? move(instance, State.PENDING, State.RUNNING)
                : instance.status().at(view));
  }

  private void stop(Parameters request, Xml out) {
    request.flag("Force", false);
    List<Instance> instances = instances(request);
    View view = world.current();
    for (Instance instance : instances) {
      if (instance.status().at(view).isEnding()) {
        throw wrongState(instance, "stopped");
      }
    }
    change(
        instances,
        out,
        instance ->
            switch (instance.status().at(view)) {
              case PENDING, RUNNING -> move(instance, State.STOPPING, State.STOPPED);
              case STOPPING, STOPPED, SHUTTING_DOWN, TERMINATED -> instance.status().at(view);
            });
  }

  private void terminate(Parameters request, Xml out) {
    View view = world.current();
    change(
        instances(request),
        out,
        instance -> {
          if (!instance.status().at(view).isEnding()) {
            Status status =
                Status.moving(
                    State.SHUTTING_DOWN,
                    State.TERMINATED,
                    view.at(),
                    world.options().transitionTime());
            world.terminate(instance, status, view.at());
            return State.SHUTTING_DOWN;
          }
          return instance.status().at(view);
        });
  }

  /** Starts a transition and returns its first state. */
  private State move(Instance instance, State first, State then) {
    Instant now = world.now();
    world.instances.put(
        instance.withStatus(Status.moving(first, then, now, world.options().transitionTime())),
        now);
    return first;
  }

  private interface Change {
    State of(Instance instance);
  }

  private void change(List<Instance> instances, Xml out, Change change) {
    View before = world.current();
    out.open("instancesSet");
    for (Instance instance : instances) {
      State previous = instance.status().at(before);
      out.open("item").text("instanceId", instance.id());
      InstanceXml.writeState(out, "currentState", change.of(instance));
      InstanceXml.writeState(out, "previousState", previous);
      out.close();
    }
    out.close();
  }

  private List<Instance> instances(Parameters request) {
    List<String> ids = request.list("InstanceId").stream().distinct().toList();
    if (ids.isEmpty()) {
      throw ApiException.missing("InstanceId");
    }
    List<Instance> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String id : ids) {
      Optional<Instance> instance =
          world.instances.now(id).filter(i -> !i.status().forgotten(world.current()));
      instance.ifPresentOrElse(found::add, () -> missing.add(id));
    }
    if (!missing.isEmpty()) {
      throw NotFound.instances(missing);
    }
    return found;
  }

  private static ApiException wrongState(Instance instance, String what) {
    return new ApiException(
        "IncorrectInstanceState",
        "The instance '%s' is not in a state from which it can be %s."
            .formatted(instance.id(), what));
  }
}
