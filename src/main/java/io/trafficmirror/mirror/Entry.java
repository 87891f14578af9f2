package io.trafficmirror.mirror;

/**
 * One entry of a policy.
 *
 * @param selector which instances it is about
 * @param wanted the session that it wants for each of them
 */
public record Entry(Selector selector, DesiredSession wanted) {}
