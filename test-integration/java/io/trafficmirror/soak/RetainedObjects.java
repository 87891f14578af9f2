package io.trafficmirror.soak;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Counts the objects that one process of the product retains between batches: the product's own
 * objects reachable from its handler, and the entries of collections on the way. Objects on the
 * stack of a batch in progress do not count, so the figure is steady. It follows the product's
 * fields and collections, but not the SDK or test code.
 */
final class RetainedObjects {

  private final Set<Object> visited = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> pending = new ArrayDeque<>();
  private long count;

  private RetainedObjects() {}

  /**
   * Counts the objects and entries that the handler retains.
   *
   * @param handler the product's handler, which must not change during the count
   */
  static long of(Object handler) {
    RetainedObjects retained = new RetainedObjects();
    retained.pending.add(handler);
    while (!retained.pending.isEmpty()) {
      retained.visit(retained.pending.remove());
    }
    return retained.count;
  }

  private void visit(Object object) {
    if (!visited.add(object)) {
      return;
    }
    switch (object) {
      case Map<?, ?> map -> {
        visitAll(List.copyOf(map.keySet()));
        visitAll(List.copyOf(map.values()));
      }
      case Collection<?> collection -> visitAll(List.copyOf(collection));
      case Optional<?> optional -> optional.ifPresent(pending::add);
      default -> {
        if (object.getClass().isArray()) {
          visitArray(object);
        } else if (Histogram.isProduct(object.getClass().getName())) {
          count++;
          visitFields(object);
        }
      }
    }
  }

  private void visitAll(List<?> entries) {
    count += entries.size();
    pending.addAll(entries);
  }

  private void visitArray(Object array) {
    int length = Array.getLength(array);
    count += length;
    if (!array.getClass().getComponentType().isPrimitive()) {
      for (int i = 0; i < length; i++) {
        Optional.ofNullable(Array.get(array, i)).ifPresent(pending::add);
      }
    }
  }

  private void visitFields(Object object) {
    for (Class<?> type = object.getClass();
        type != null && Histogram.isProduct(type.getName());
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
          Optional.ofNullable(value(field, object)).ifPresent(pending::add);
        }
      }
    }
  }

  private static @Nullable Object value(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(field + " cannot be read", e);
    }
  }
}
