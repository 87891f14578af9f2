package io.trafficmirror.embedded.ec2;

import io.trafficmirror.embedded.InstanceView;
import java.util.List;

/** Reads instances for assertions, regardless of read lag. */
final class InstanceViews {

  private final World world;

  InstanceViews(World world) {
    this.world = world;
  }

  /** The instances with these ids. */
  List<InstanceView> of(List<String> ids) {
    return ids.stream().flatMap(id -> world.instances.now(id).stream()).map(this::view).toList();
  }

  private InstanceView view(Instance instance) {
    return new InstanceView(
        instance.id(),
        instance.type(),
        instance.status().at(world.current()).text(),
        instance.subnetId(),
        instance.zone(),
        instance.tags(),
        launch(instance),
        world.interfacesByInstance.find(instance.id(), world.current()).stream()
            .filter(Interface::isPrimary)
            .findFirst()
            .map(eni -> new InstanceView.Interface(eni.id(), eni.details().groups(), eni.tags())));
  }

  private static InstanceView.Launch launch(Instance instance) {
    Instance.Details details = instance.details();
    return new InstanceView.Launch(
        details.imageId(),
        instance.clientToken(),
        details.launched(),
        details.settings().httpTokens(),
        details.settings().shutdownBehavior(),
        details.settings().volumeTags());
  }
}
