package io.trafficmirror.write;

import io.trafficmirror.mirror.Trigger;
import io.trafficmirror.port.StreamRecord;

/**
 * The cause of a session's creation.
 *
 * @param trigger the trigger, which becomes a tag of the session
 * @param record the record, which becomes part of the client token, so that the same record never
 *     creates a second session
 */
public record WriteCause(Trigger trigger, StreamRecord record) {}
