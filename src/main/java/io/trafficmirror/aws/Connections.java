package io.trafficmirror.aws;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Whether a connection may outlive its call. The HTTP client under the SDK keeps connections out of
 * reach, so none is closed afterwards: a call that must leave none behind says so to the other
 * side.
 */
final class Connections implements ExecutionInterceptor {
  private volatile boolean keep = true;

  void keep(boolean value) {
    keep = value;
  }

  @Override
  public SdkHttpRequest modifyHttpRequest(
      Context.ModifyHttpRequest context, ExecutionAttributes call) {
    return keep
        ? context.httpRequest()
        : context.httpRequest().toBuilder().putHeader("Connection", "close").build();
  }
}
