package io.trafficmirror.worlds;

import io.trafficmirror.embedded.MappingSettings;
import io.trafficmirror.function.FunctionSettings;
import io.trafficmirror.worlds.Deployed.FirstPage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.lambda.model.DestinationConfig;
import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.OnFailure;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.scheduler.model.GetScheduleResponse;

/** The applied configuration, read back from the emulator, not from Terraform. */
final class AppliedConfiguration {

  private static final String ALIAS = "live";

  private final Clients clients;

  AppliedConfiguration(Clients clients) {
    this.clients = clients;
  }

  /** The names of the deployment's resources. */
  Deployed deployed(TerraformDeployment.Outputs outputs) {
    return new Deployed(
        outputs.text("stream_name"),
        outputs.values("rule_names"),
        outputs.text("failure_bucket"),
        Optional.of(outputs.text("function_name")),
        firstPage(outputs.text("schedule_group_name"), outputs.text("schedule_name")));
  }

  /** The record of the schedule. */
  private FirstPage firstPage(String group, String name) {
    GetScheduleResponse schedule =
        clients.scheduler().getSchedule(request -> request.groupName(group).name(name));
    return new FirstPage(
        schedule.target().kinesisParameters().partitionKey(), schedule.target().input());
  }

  /** The event source mapping of a stream. */
  EventSourceMappingConfiguration mapping(String stream) {
    return clients.lambda().listEventSourceMappingsPaginator().eventSourceMappings().stream()
        .filter(mapping -> mapping.eventSourceArn().endsWith(":stream/" + stream))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no event source mapping reads " + stream));
  }

  /** The settings of a mapping. */
  static MappingSettings settings(EventSourceMappingConfiguration mapping, Duration timeout) {
    MappingSettings settings =
        new MappingSettings(
            mapping.batchSize(),
            Duration.ofSeconds(mapping.maximumBatchingWindowInSeconds()),
            mapping.parallelizationFactor(),
            Duration.ofSeconds(mapping.maximumRecordAgeInSeconds()),
            mapping.maximumRetryAttempts(),
            mapping.bisectBatchOnFunctionError(),
            mapping
                .functionResponseTypes()
                .contains(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES),
            Optional.empty(),
            timeout);
    return Optional.ofNullable(mapping.destinationConfig())
        .map(DestinationConfig::onFailure)
        .map(OnFailure::destination)
        .map(arn -> settings.withFailureBucket(arn.substring(arn.lastIndexOf(':') + 1)))
        .orElse(settings);
  }

  /** The function version behind the alias. */
  GetFunctionConfigurationResponse function(String name) {
    String version =
        clients
            .lambda()
            .getAlias(request -> request.functionName(name).name(ALIAS))
            .functionVersion();
    return clients
        .lambda()
        .getFunctionConfiguration(request -> request.functionName(name).qualifier(version));
  }

  /**
   * The settings of a function version.
   *
   * @param zip its package
   * @param more additional variables
   */
  static FunctionSettings settings(
      GetFunctionConfigurationResponse function, Path zip, Map<String, String> more) {
    Map<String, String> environment = new TreeMap<>(function.environment().variables());
    environment.putAll(more);
    return new FunctionSettings(
        function.functionName(),
        aliasArn(function),
        function.version(),
        zip,
        function.handler(),
        function.runtimeAsString(),
        environment,
        function.memorySize(),
        Duration.ofSeconds(function.timeout()));
  }

  /** The ARN of the alias. Moto's ARN of a version ends with the version number. */
  private static String aliasArn(GetFunctionConfigurationResponse function) {
    String arn = function.functionArn();
    String end = ":" + function.version();
    return (arn.endsWith(end) ? arn.substring(0, arn.length() - end.length()) : arn) + ":" + ALIAS;
  }

  /**
   * Downloads the uploaded package whose digest is that of the function's code.
   *
   * @param to the file to write
   */
  Path downloadPackage(GetFunctionConfigurationResponse function, String bucket, Path to) {
    for (S3Object object :
        clients.s3().listObjectsV2(list -> list.bucket(bucket).prefix("package/")).contents()) {
      byte[] zip =
          clients.s3().getObjectAsBytes(get -> get.bucket(bucket).key(object.key())).asByteArray();
      if (digest(zip).equals(function.codeSha256())) {
        return written(to, zip);
      }
    }
    throw new AssertionError(
        "no package in " + bucket + " has the digest of the code of " + function.functionName());
  }

  private static String digest(byte[] data) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(data));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static Path written(Path to, byte[] data) {
    try {
      return Files.write(to, data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
