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
 * A call of the function, as IAM sees it.
 *
 * @param service the name that it is signed for
 * @param action as a policy names it
 * @param resource its ARN; empty where the request alone does not tell it, as with EC2, whose
 *     creates are checked against several
 */
record RoleCall(String service, String action, Optional<String> resource) {

  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/,]+/\\d{8}/[^/,]+/([^/,]+)/aws4_request");

  /**
   * What a call that is refused gets.
   *
   * @param status HTTP's
   * @param code the error's, which services that speak JSON or CBOR put into a header
   */
  record Refusal(int status, String code, String contentType, byte[] body) {}

  /** Reads a request. */
  static RoleCall of(HttpExchange exchange, byte[] body) {
    String authorization =
        Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")).orElse("");
    Matcher scope = SCOPE.matcher(authorization);
    String service = scope.find() ? scope.group(1) : "unsigned";
    return switch (service) {
      case "ec2" -> new RoleCall(service, "ec2:" + form(body, "Action"), Optional.empty());
      case "s3" -> s3(exchange);
      default -> new RoleCall(service, service + ":" + target(exchange), Optional.empty());
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

  /** Path style, which the SDK takes where the host is an address. */
  private static RoleCall s3(HttpExchange exchange) {
    String path =
        URLDecoder.decode(
            exchange.getRequestURI().getRawPath().replace("+", "%2B"), StandardCharsets.UTF_8);
    boolean object = path.indexOf('/', 1) > 0 && !path.endsWith("/");
    String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
    String action =
        switch (exchange.getRequestMethod()) {
          case "PUT" -> object ? "PutObject" : "CreateBucket";
          case "DELETE" -> object ? "DeleteObject" : "DeleteBucket";
          default -> reads(object, query.contains("versionId="));
        };
    return new RoleCall("s3", "s3:" + action, Optional.of("arn:aws:s3:::" + path.substring(1)));
  }

  private static String reads(boolean object, boolean version) {
    if (object) {
      return version ? "GetObjectVersion" : "GetObject";
    }
    return "ListBucket";
  }

  /** Whether some statement allows it and none denies it. Conditions are not looked at. */
  boolean allowedBy(List<Permission> role) {
    return role.stream().anyMatch(statement -> speaks(statement, "Allow"))
        && role.stream().noneMatch(statement -> speaks(statement, "Deny"));
  }

  private boolean speaks(Permission statement, String effect) {
    return statement.effect().equals(effect)
        && statement.actions().stream().anyMatch(pattern -> matches(pattern, action))
        && (resource.isEmpty()
            || statement.resources().stream()
                .anyMatch(pattern -> matches(pattern, resource.get())));
  }

  /** IAM's wild cards; upper and lower case are the same in actions, and here in ARNs as well. */
  private static boolean matches(String pattern, String text) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(text).matches();
  }

  /** What AWS answers to whoever may not do this. */
  Refusal refusal() {
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
    return new Refusal(
        xml ? 403 : 400,
        code,
        xml ? "text/xml" : "application/x-amz-json-1.1",
        String.format(Locale.ROOT, text, code, message).getBytes(StandardCharsets.UTF_8));
  }
}
