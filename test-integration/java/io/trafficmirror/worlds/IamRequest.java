package io.trafficmirror.worlds;

import com.sun.net.httpserver.HttpExchange;
import io.trafficmirror.terraform.Permission;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request of the function as IAM evaluates it.
 *
 * @param service the service in the signature's credential scope
 * @param action the action as in an IAM policy
 * @param resource the ARN; empty if the request does not determine it, for example for EC2, which
 *     authorizes creates against several resources
 */
record IamRequest(String service, String action, Optional<String> resource) {

  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/,]+/\\d{8}/[^/,]+/([^/,]+)/aws4_request");

  /**
   * The response to a denied request.
   *
   * @param status the HTTP status
   * @param code the error code, which services with a JSON or CBOR protocol send in a header
   */
  record Denial(int status, String code, String contentType, byte[] body) {}

  /** Parses a request. */
  static IamRequest of(HttpExchange exchange, byte[] body) {
    String authorization =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    Matcher scope = SCOPE.matcher(authorization);
    String service = scope.find() ? scope.group(1) : "unsigned";
    return switch (service) {
      case "ec2" -> new IamRequest(service, "ec2:" + form(body, "Action"), Optional.empty());
      case "s3" -> s3(exchange);
      default -> new IamRequest(service, service + ":" + target(exchange), Optional.empty());
    };
  }

  private static String form(byte[] body, String name) {
    for (String pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      if (pair.startsWith(name + "=")) {
        return pair.substring(name.length() + 1);
      }
    }
    return "unknown";
  }

  private static String target(HttpExchange exchange) {
    String target =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Amz-Target"))
            .orElse("unknown");
    return target.substring(target.indexOf('.') + 1);
  }

  /** Path style, which the SDK uses if the host is an IP address. */
  private static IamRequest s3(HttpExchange exchange) {
    String path =
        URLDecoder.decode(
            exchange.getRequestURI().getRawPath().replace("+", "%2B"), StandardCharsets.UTF_8);
    boolean object = path.indexOf('/', 1) > 0 && !path.endsWith("/");
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    String action =
        switch (exchange.getRequestMethod()) {
          case "PUT" -> object ? "PutObject" : "CreateBucket";
          case "DELETE" -> object ? "DeleteObject" : "DeleteBucket";
          default -> readAction(object, query.contains("versionId="));
        };
    return new IamRequest("s3", "s3:" + action, Optional.of("arn:aws:s3:::" + path.substring(1)));
  }

  private static String readAction(boolean object, boolean version) {
    if (object) {
      return version ? "GetObjectVersion" : "GetObject";
    }
    return "ListBucket";
  }

  /** Whether a statement allows the request and none denies it. Ignores conditions. */
  boolean allowedBy(List<Permission> role) {
    return role.stream().anyMatch(statement -> appliesTo(statement, "Allow"))
        && role.stream().noneMatch(statement -> appliesTo(statement, "Deny"));
  }

  private boolean appliesTo(Permission statement, String effect) {
    return statement.effect().equals(effect)
        && statement.actions().stream().anyMatch(pattern -> matches(pattern, action))
        && (resource.isEmpty()
            || statement.resources().stream()
                .anyMatch(pattern -> matches(pattern, resource.get())));
  }

  /** IAM's wildcards. Case-insensitive, as IAM is for actions; here also for ARNs. */
  private static boolean matches(String pattern, String text) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(text).matches();
  }

  /** AWS's response if the request is denied. */
  Denial denial() {
    String message =
        "the applied role does not allow " + action + resource.map(r -> " on " + r).orElse("");
    String code =
        switch (service) {
          case "ec2" -> "UnauthorizedOperation";
          case "s3" -> "AccessDenied";
          default -> "AccessDeniedException";
        };
    String text =
        switch (service) {
          case "ec2" ->
              "<Response><Errors><Error><Code>%s</Code><Message>%s</Message>"
                  + "</Error></Errors><RequestID>gate</RequestID></Response>";
          case "s3" -> "<Error><Code>%s</Code><Message>%s</Message></Error>";
          default -> "{\"__type\":\"%s\",\"message\":\"%s\"}";
        };
    boolean xml = text.startsWith("<");
    return new Denial(
        xml ? 403 : 400,
        code,
        xml ? "text/xml" : "application/x-amz-json-1.1",
        String.format(Locale.ROOT, text, code, message).getBytes(StandardCharsets.UTF_8));
  }
}
