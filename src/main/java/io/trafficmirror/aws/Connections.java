package io.trafficmirror.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Switches the reuse of connections on or off for all calls. No connection may stay open in a
 * snapshot, and the SDK's HTTP client gives no access to its connections; so while reuse is off,
 * every call sends {@code Connection: close}.
 */
final class Connections implements ExecutionInterceptor {
  private volatile boolean reuse = true;

  void reuse(boolean value) {
    reuse = value;
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes call) {
    return reuse
        ? context.httpRequest()
        : context.httpRequest().toBuilder().putHeader("Connection", "close").build();
  }
}
