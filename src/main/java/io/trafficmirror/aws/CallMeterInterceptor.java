package io.trafficmirror.aws;

import io.trafficmirror.port.CallMeter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Notifies the meter of every attempt that was sent, retries included. The SDK notifies an
 * interceptor of the start and the HTTP response of each attempt, but of the error of the last one
 * only. Therefore the result is held until the next attempt starts or the call ends, and the code
 * of a retried error is parsed from the response itself.
 */
final class CallMeterInterceptor implements ExecutionInterceptor {
  private static final ExecutionAttribute<String> RESULT =
      new ExecutionAttribute<>("io.trafficmirror.aws.AttemptResult");

  private static final String OK = "ok";

  private final CallMeter meter;

  CallMeterInterceptor(CallMeter meter) {
    this.meter = meter;
  }

  @Override
  public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes call) {
    report(call);
    call.putAttribute(RESULT, Ec2Errors.NO_ANSWER);
  }

  @Override
  public void afterTransmission(Context.AfterTransmission context, ExecutionAttributes call) {
    SdkHttpResponse answer = context.httpResponse();
    if (!Ec2Errors.NO_ANSWER.equals(call.getAttribute(RESULT))) {
      return;
    }
    call.putAttribute(RESULT, answer.isSuccessful() ? OK : "http-" + answer.statusCode());
  }

  @Override
  public Optional<InputStream> modifyHttpResponseContent(
      Context.ModifyHttpResponse context, ExecutionAttributes call) {
    Optional<InputStream> body = context.responseBody();
    if (context.httpResponse().isSuccessful() || body.isEmpty()) {
      return body;
    }
    try {
      byte[] content = body.get().readAllBytes();
      ErrorCode.in(context.httpResponse(), content)
          .ifPresent(code -> call.putAttribute(RESULT, code));
      return Optional.of(new ByteArrayInputStream(content));
    } catch (IOException e) {
      return Optional.of(new BrokenStream(e));
    }
  }

  @Override
  public void afterExecution(Context.AfterExecution context, ExecutionAttributes call) {
    report(call);
  }

  @Override
  public void onExecutionFailure(Context.FailedExecution context, ExecutionAttributes call) {
    if (call.getAttribute(RESULT) != null) {
      call.putAttribute(
          RESULT,
          context.exception() instanceof AwsServiceException service
              ? Ec2Errors.codeOf(service)
              : Ec2Errors.NO_ANSWER);
    }
    report(call);
  }

  private void report(ExecutionAttributes call) {
    String result = call.getAttribute(RESULT);
    if (result != null) {
      meter.recordCall(
          call.getAttribute(SdkExecutionAttribute.SERVICE_NAME),
          call.getAttribute(SdkExecutionAttribute.OPERATION_NAME),
          result);
      call.putAttribute(RESULT, null);
    }
  }

  /** A response body whose read failed; it fails again for the next reader. */
  private static final class BrokenStream extends InputStream {
    private final IOException cause;

    BrokenStream(IOException cause) {
      this.cause = cause;
    }

    @Override
    public int read() throws IOException {
      throw new IOException("the response was cut off", cause);
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      return read();
    }
  }
}
