package io.trafficmirror.lambda;

import io.trafficmirror.mirror.Action;
import java.util.TreeSet;

/** Describes an action in the log line of a plan. */
final class PlanText {

  private PlanText() {}

  static String of(Action action) {
    return switch (action) {
      case Action.LaunchTarget launch ->
          "launch an instance into %s: %s, %s, %s in %s"
              .formatted(
                  launch.slot(),
                  launch.pool().instanceType(),
                  launch.pool().imageId(),
                  String.join(" and ", launch.pool().securityGroups()),
                  launch.pool().subnet());
      case Action.CreateTarget create -> "create " + create.planned();
      case Action.TagTarget tag ->
          "tag target %s: %s".formatted(tag.target(), new TreeSet<>(tag.tags().keySet()));
      case Action.DeleteTarget delete -> "delete target " + delete.target();
      case Action.TerminateTarget terminate -> "terminate " + terminate.instance();
      case Action.CreateSession create ->
          mirroring("create session number " + create.number(), create);
      case Action.ModifySession modify -> mirroring("modify session " + modify.session(), modify);
      case Action.TagSession tag ->
          "tag session %s on %s: %s"
              .formatted(tag.session(), tag.source(), new TreeSet<>(tag.tags().keySet()));
      case Action.UntagSession untag ->
          "untag session %s on %s: %s"
              .formatted(untag.session(), untag.source(), new TreeSet<>(untag.keys()));
      case Action.DeleteSession delete ->
          "delete session %s on %s".formatted(delete.session(), delete.source());
    };
  }

  private static String mirroring(String change, Action.Mirroring action) {
    return "%s on %s: to %s with %s, entry %s"
        .formatted(change, action.source(), action.target(), action.filter(), action.entry());
  }
}
