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
 * Counts what one process of the product holds between two batches: the product's own objects that
 * can be reached from its handler, and what lies in collections on the way. What a batch under way
 * has on its stack is not among it, hence the figure is steady. It looks into the product's fields
 * and into collections, not into the SDK, nor into what embeds the product.
 */
final class Holdings {

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Object> ahead = new ArrayDeque<>();
  private long count;

  private Holdings() {}

  /**
   * How many objects and entries the handler holds.
   *
   * @param handler the product's handler; nobody may change it meanwhile
   */
  static long of(Object handler) {
    Holdings holdings = new Holdings();
    holdings.ahead.add(handler);
    while (!holdings.ahead.isEmpty()) {
      holdings.look(holdings.ahead.remove());
    }
    return holdings.count;
  }

  private void look(Object object) {
    if (!seen.add(object)) {
      return;
    }
    switch (object) {
      case Map<?, ?> map -> {
        lookAtAll(List.copyOf(map.keySet()));
        lookAtAll(List.copyOf(map.values()));
      }
      case Collection<?> collection -> lookAtAll(List.copyOf(collection));
      case Optional<?> optional -> optional.ifPresent(ahead::add);
      default -> {
        if (object.getClass().isArray()) {
          lookAtArray(object);
        } else if (Histogram.isProduct(object.getClass().getName())) {
          count++;
          lookAtFields(object);
        }
      }
    }
  }

  private void lookAtAll(List<?> entries) {
    count += entries.size();
    ahead.addAll(entries);
  }

  private void lookAtArray(Object array) {
    int length = Array.getLength(array);
    count += length;
    if (!array.getClass().getComponentType().isPrimitive()) {
      for (int i = 0; i < length; i++) {
        Optional.ofNullable(Array.get(array, i)).ifPresent(ahead::add);
      }
    }
  }

  private void lookAtFields(Object object) {
    for (Class<?> type = object.getClass();
        type != null && Histogram.isProduct(type.getName());
        type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!field.getType().isPrimitive() && !Modifier.isStatic(field.getModifiers())) {
          Optional.ofNullable(value(field, object)).ifPresent(ahead::add);
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
