package io.trafficmirror.mirror;

/**
 * One entry of a policy.
 *
 * @param selector the instances that it applies to
 * @param wanted the session that each of them should have
 */
public record Entry(Selector selector, DesiredSession wanted) {}
