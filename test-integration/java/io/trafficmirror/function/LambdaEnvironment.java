package io.trafficmirror.function;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The environment variables of a function: its own, and those that Lambda sets according to the
 * section "Defined runtime environment variables" of its developer guide.
 */
final class LambdaEnvironment {

  /** The reserved variables: Lambda rejects a function that sets one of them. */
  static final Set<String> RESERVED =
      Set.of(
          "_HANDLER",
          "_X_AMZN_TRACE_ID",
          "AWS_DEFAULT_REGION",
          "AWS_REGION",
          "AWS_EXECUTION_ENV",
          "AWS_LAMBDA_FUNCTION_NAME",
          "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
          "AWS_LAMBDA_FUNCTION_VERSION",
          "AWS_LAMBDA_INITIALIZATION_TYPE",
          "AWS_LAMBDA_LOG_GROUP_NAME",
          "AWS_LAMBDA_LOG_STREAM_NAME",
          "AWS_ACCESS_KEY",
          "AWS_ACCESS_KEY_ID",
          "AWS_SECRET_ACCESS_KEY",
          "AWS_SESSION_TOKEN",
          "AWS_LAMBDA_RUNTIME_API",
          "LAMBDA_TASK_ROOT",
          "LAMBDA_RUNTIME_DIR");

  private LambdaEnvironment() {}

  /**
   * All variables of an environment; none are inherited from this process.
   *
   * @param taskRoot the folder with the unpacked package
   * @param api the runtime API for the client
   */
  static Map<String, String> of(
      FunctionSettings settings, FunctionOptions.Start start, Path taskRoot, RuntimeApi api) {
    // First the variables that a function can override.
    Map<String, String> all =
        new HashMap<>(
            Map.of(
                "LANG", "en_US.UTF-8",
                "TZ", ":UTC",
                "PATH", "/usr/local/bin:/usr/bin/:/bin:/opt/bin"));
    all.putAll(settings.environment());
    String region = regionOf(settings.arn());
    all.put("_HANDLER", settings.handler());
    all.put("AWS_DEFAULT_REGION", region);
    all.put("AWS_REGION", region);
    all.put("AWS_EXECUTION_ENV", "AWS_Lambda_" + settings.runtime());
    all.put("AWS_LAMBDA_FUNCTION_NAME", settings.name());
    all.put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(settings.memoryMegabytes()));
    all.put("AWS_LAMBDA_FUNCTION_VERSION", settings.version());
    all.put("AWS_LAMBDA_LOG_GROUP_NAME", "/aws/lambda/" + settings.name());
    all.put("AWS_LAMBDA_LOG_STREAM_NAME", "[" + settings.version() + "]");
    all.put("AWS_LAMBDA_RUNTIME_API", api.hostAndPort());
    all.put("LAMBDA_TASK_ROOT", taskRoot.toString());
    all.put("LAMBDA_RUNTIME_DIR", "/var/runtime");
    all.putAll(
        switch (start) {
          case ON_DEMAND ->
              Map.of(
                  "AWS_LAMBDA_INITIALIZATION_TYPE",
                  "on-demand",
                  "AWS_ACCESS_KEY_ID",
                  FunctionCredentials.ACCESS_KEY_ID,
                  "AWS_SECRET_ACCESS_KEY",
                  FunctionCredentials.SECRET_ACCESS_KEY,
                  "AWS_SESSION_TOKEN",
                  FunctionCredentials.SESSION_TOKEN);
          case SNAPSHOT ->
              Map.of(
                  "AWS_LAMBDA_INITIALIZATION_TYPE",
                  "snap-start",
                  "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                  "http://" + api.hostAndPort() + RuntimeApi.CREDENTIALS,
                  "AWS_CONTAINER_AUTHORIZATION_TOKEN",
                  FunctionCredentials.AUTHORIZATION);
        });
    return all;
  }

  private static String regionOf(String arn) {
    String[] parts = arn.split(":", -1);
    if (parts.length < 7) {
      throw new IllegalArgumentException("'" + arn + "' is not the ARN of a function");
    }
    return parts[3];
  }
}
