package io.trafficmirror.embedded;

import java.util.Map;

/**
 * An HTTP response.
 *
 * @param status the HTTP status
 * @param headers by name
 * @param body may be empty
 */
public record HttpReply(int status, Map<String, String> headers, byte[] body) {}
