package io.trafficmirror.embedded;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dispatches each call to the service that its signature names, applies latencies, hook and faults,
 * and counts calls. Thread-safe.
 */
final class Dispatcher {

  /** The header with the error code of JSON services; the SDK prefers it to the body. */
  static final String ERROR_TYPE = "x-amzn-ErrorType";

  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/,]+/\\d{8}/[^/,]+/([^/,]+)/aws4_request");
  private static final Pattern XML_CODE = Pattern.compile("<Code>([^<]*)</Code>");

  private final Map<String, AwsService> services;
  private final CallLog log;
  private final Faults faults;
  private final Latencies latencies;
  private volatile CallHook hook = CallHook.NONE;

  Dispatcher(Map<String, AwsService> services, CallLog log, Faults faults, Latencies latencies) {
    this.services = Map.copyOf(services);
    this.log = log;
    this.faults = faults;
    this.latencies = latencies;
  }

  void onCall(CallHook newHook) {
    hook = newHook;
  }

  /**
   * Serves one call.
   *
   * @throws IOException if the caller is to receive no response
   */
  HttpReply serve(HttpCall call) throws IOException {
    Optional<String> signedFor = call.header("authorization").flatMap(Dispatcher::signingName);
    AwsService service = signedFor.map(services::get).orElse(null);
    if (service == null) {
      String line = signedFor.orElse("unsigned") + ": " + call.method() + " " + call.path();
      log.unsupported(line);
      return new HttpReply(
          501,
          Map.of(ERROR_TYPE, ServiceException.UNSUPPORTED),
          line.getBytes(StandardCharsets.UTF_8));
    }
    String name = service.signingName();
    String action = service.action(call);
    CallHook currentHook = hook;
    Duration oneWay = latencies.ofOneWay(name, action);
    countingCrashes(
        name,
        action,
        () -> {
          latencies.pause(oneWay);
          currentHook.beforeEffect(name, action);
        });
    HttpReply reply = effect(service, action, call);
    log.count(name, action, result(reply));
    currentHook.afterEffect(name, action, reply.status());
    latencies.pause(oneWay);
    Optional<Fault.After> fault = faults.after(name, action, call);
    return fault.isPresent() ? withFault(service, action, call, reply, fault.get()) : reply;
  }

  private HttpReply withFault(
      AwsService service, String action, HttpCall call, HttpReply reply, Fault.After fault)
      throws IOException {
    return switch (fault) {
      case Fault.AnswerLost lost -> throw new ConnectionCut("after the effect of " + action);
      case Fault.AnswerCut cut ->
          new HttpReply(
              reply.status(),
              reply.headers(),
              Arrays.copyOf(reply.body(), reply.body().length / 2));
      case Fault.DoneButRefused refused ->
          injectedError(service, call, refused.status(), refused.code());
      case Fault.DoneButTimedOut timedOut -> {
        latencies.pause(timedOut.after());
        throw new SocketTimeoutException("Read timed out after the effect of " + action);
      }
    };
  }

  private static HttpReply injectedError(
      AwsService service, HttpCall call, int status, String code) {
    return service.error(call, status, code, "Refused by a fault rule: " + code);
  }

  private interface Stage {
    void run() throws IOException;
  }

  private void countingCrashes(String name, String action, Stage stage) throws IOException {
    boolean passed = false;
    try {
      stage.run();
      passed = true;
    } finally {
      if (!passed) {
        log.count(name, action, "crash");
      }
    }
  }

  private HttpReply effect(AwsService service, String action, HttpCall call) throws IOException {
    Optional<Fault.Before> fault = faults.before(service.signingName(), action, call);
    if (fault.isEmpty()) {
      return handled(service, action, call);
    }
    return switch (fault.get()) {
      case Fault.Refused refused -> injectedError(service, call, refused.status(), refused.code());
      case Fault.Cut cut -> {
        log.count(service.signingName(), action, "cut");
        throw new ConnectionCut("before the effect of " + action);
      }
      case Fault.UnknownHost unknown -> {
        log.count(service.signingName(), action, "unknown-host");
        throw new UnknownHostException(service.signingName());
      }
      case Fault.TimedOut timedOut -> {
        log.count(service.signingName(), action, "timed-out");
        latencies.pause(timedOut.after());
        throw new SocketTimeoutException("Read timed out before the effect of " + action);
      }
      case Fault.Slow slow -> {
        latencies.pause(slow.by());
        yield handled(service, action, call);
      }
    };
  }

  /**
   * Reports a defect of the emulator as unsupported, so that it is not mistaken for a failure of
   * AWS.
   */
  private HttpReply handled(AwsService service, String action, HttpCall call) {
    try {
      return service.handle(call);
    } catch (RuntimeException defect) {
      log.unsupported(service.signingName() + " " + action + ": defect of embedded AWS: " + defect);
      return service.error(call, 500, "InternalFailure", "Defect of embedded AWS: " + defect);
    }
  }

  private static Optional<String> signingName(String authorization) {
    Matcher matcher = SCOPE.matcher(authorization);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static String result(HttpReply reply) {
    if (reply.status() < 400) {
      return "ok";
    }
    String header = reply.headers().get(ERROR_TYPE);
    if (header != null) {
      return header;
    }
    Matcher matcher = XML_CODE.matcher(new String(reply.body(), StandardCharsets.UTF_8));
    return matcher.find() ? matcher.group(1) : Integer.toString(reply.status());
  }
}
