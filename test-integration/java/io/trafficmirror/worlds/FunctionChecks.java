package io.trafficmirror.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** Checks the function and its event source mapping in Lambda. */
final class FunctionChecks {

  private static final String ALIAS = "live";

  private FunctionChecks() {}

  static void verify(Clients aws, Deployed deployed) {
    String name = deployed.function().orElseThrow();
    String version =
        aws.lambda().getAlias(request -> request.functionName(name).name(ALIAS)).functionVersion();
    GetFunctionConfigurationResponse function =
        aws.lambda()
            .getFunctionConfiguration(request -> request.functionName(name).qualifier(version));
    assertThat(function.runtime()).isEqualTo(Runtime.JAVA21);
    assertThat(function.handler())
        .isEqualTo("io.trafficmirror.lambda.StreamHandler::handleRequest");
    assertThat(function.environment().variables())
        .containsEntry("MIRROR_DEPLOYMENT", Setup.NAME)
        .containsEntry("MIRROR_FAILURE_BUCKET", deployed.bucket())
        .containsEntry("MIRROR_DRY_RUN", "false");
    assertThat(aws.lambda().listFunctionsPaginator().functions())
        .extracting(FunctionConfiguration::functionName)
        .contains(name);
    assertThat(aws.lambda().listEventSourceMappingsPaginator().eventSourceMappings())
        .filteredOn(mapping -> mapping.eventSourceArn().endsWith(":stream/" + deployed.stream()))
        .singleElement()
        .satisfies(mapping -> isAsApplied(aws, mapping));
  }

  /** Reads the mapping itself, because an emulator's list may have an outdated state. */
  private static void isAsApplied(Clients aws, EventSourceMappingConfiguration listed) {
    GetEventSourceMappingResponse mapping =
        aws.lambda().getEventSourceMapping(request -> request.uuid(listed.uuid()));
    assertThat(mapping.state()).isEqualTo("Enabled");
    assertThat(mapping.functionResponseTypes())
        .containsExactly(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES);
    assertThat(mapping.bisectBatchOnFunctionError()).isTrue();
    assertThat(mapping.maximumRetryAttempts()).isEqualTo(-1);
  }
}
