package io.trafficmirror.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Controls whether connections are reused. The SDK's HTTP client gives no access to its
 * connections, so they cannot be closed later; a call that must not leave one open sends {@code
 * Connection: close}.
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
