package io.trafficmirror.write;

import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.StreamRecord;

/**
 * What led to a session's creation.
 *
 * @param trigger becomes a tag of the session
 * @param record becomes part of the client token, so that the same record never creates a second
 *     one
 */
public record WriteCause(Trigger trigger, StreamRecord record) {}
