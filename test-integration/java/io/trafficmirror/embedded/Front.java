package io.trafficmirror.embedded;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one way in: finds the service by the credential scope that the request is signed for, lets
 * hook and faults have their say, and counts. Safe for use by several threads.
 */
final class Front {

  /** The header in which the JSON services name an error's code; the SDK reads it first. */
  static final String ERROR_TYPE = "x-amzn-ErrorType";

  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/,]+/\\d{8}/[^/,]+/([^/,]+)/aws4_request");
  private static final Pattern XML_CODE = Pattern.compile("<Code>([^<]*)</Code>");

  private final Map<String, AwsService> services;
  private final CallLog log;
  private final Faults faults;
  private volatile CallHook hook = CallHook.NONE;

  Front(Map<String, AwsService> services, CallLog log, Faults faults) {
    this.services = Map.copyOf(services);
    this.log = log;
    this.faults = faults;
  }

  void onCall(CallHook newHook) {
    hook = newHook;
  }

  /**
   * Serves one call.
   *
   * @throws ConnectionCut where the caller is to see no answer
   */
  HttpReply serve(HttpCall call) throws ConnectionCut {
    Optional<String> signedFor = call.header("authorization").flatMap(Front::signingName);
    AwsService service = signedFor.map(services::get).orElse(null);
    if (service == null) {
      String line = signedFor.orElse("unsigned") + ": " + call.method() + " " + call.path();
      log.unsupported(line);
      return new HttpReply(
          501, Map.of(ERROR_TYPE, RefusedCall.UNSUPPORTED), line.getBytes(StandardCharsets.UTF_8));
    }
    String name = service.signingName();
    String action = service.action(call);
    CallHook present = hook;
    hooked(name, action, () -> present.beforeEffect(name, action));
    HttpReply reply = effect(service, action, call);
    log.count(name, action, result(reply));
    present.afterEffect(name, action, reply.status());
    if (faults.losesAnswer(name, action, call)) {
      throw new ConnectionCut("after the effect of " + action);
    }
    return reply;
  }

  private void hooked(String name, String action, Runnable step) {
    boolean passed = false;
    try {
      step.run();
      passed = true;
    } finally {
      if (!passed) {
        log.count(name, action, "crash");
      }
    }
  }

  private HttpReply effect(AwsService service, String action, HttpCall call) throws ConnectionCut {
    Optional<Faults.Before> fault = faults.before(service.signingName(), action, call);
    if (fault.isEmpty()) {
      return handled(service, action, call);
    }
    return switch (fault.get()) {
      case Faults.Refused refused ->
          service.error(
              call, refused.status(), refused.code(), "Refused by a fault rule: " + refused.code());
      case Faults.Cut cut -> {
        log.count(service.signingName(), action, "cut");
        throw new ConnectionCut("before the effect of " + action);
      }
    };
  }

  /** A defect of the emulator must not look like AWS's weather, so it is noted as unsupported. */
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
