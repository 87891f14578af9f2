package io.trafficmirror.worlds;

import static org.assertj.core.api.Assertions.assertThat;

import software.amazon.awssdk.services.lambda.model.EventSourceMappingConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionConfiguration;
import software.amazon.awssdk.services.lambda.model.FunctionResponseType;
import software.amazon.awssdk.services.lambda.model.GetEventSourceMappingResponse;
import software.amazon.awssdk.services.lambda.model.GetFunctionConfigurationResponse;
import software.amazon.awssdk.services.lambda.model.Runtime;

/** What Lambda says of the function and its mapping. */
final class FunctionClaims {

  private static final String ALIAS = "live";

  private FunctionClaims() {}

  static void hold(Clients aws, Deployed there) {
    String name = there.function().orElseThrow();
    String version =
        aws.lambda().getAlias(ask -> ask.functionName(name).name(ALIAS)).functionVersion();
    GetFunctionConfigurationResponse function =
        aws.lambda().getFunctionConfiguration(ask -> ask.functionName(name).qualifier(version));
    assertThat(function.runtime()).isEqualTo(Runtime.JAVA21);
    assertThat(function.handler())
        .isEqualTo("io.trafficmirror.lambda.StreamHandler::handleRequest");
    assertThat(function.environment().variables())
        .containsEntry("MIRROR_DEPLOYMENT", Setup.NAME)
        .containsEntry("MIRROR_FAILURE_BUCKET", there.bucket())
        .containsEntry("MIRROR_DRY_RUN", "false");
    assertThat(aws.lambda().listFunctionsPaginator().functions())
        .extracting(FunctionConfiguration::functionName)
        .contains(name);
    assertThat(aws.lambda().listEventSourceMappingsPaginator().eventSourceMappings())
        .filteredOn(mapping -> mapping.eventSourceArn().endsWith(":stream/" + there.stream()))
        .singleElement()
        .satisfies(mapping -> isAsApplied(aws, mapping));
  }

  /** The list of an emulator need not know a state that is a moment old; the mapping does. */
  private static void isAsApplied(Clients aws, EventSourceMappingConfiguration listed) {
    GetEventSourceMappingResponse mapping =
        aws.lambda().getEventSourceMapping(ask -> ask.uuid(listed.uuid()));
    assertThat(mapping.state()).isEqualTo("Enabled");
    assertThat(mapping.functionResponseTypes())
        .containsExactly(FunctionResponseType.REPORT_BATCH_ITEM_FAILURES);
    assertThat(mapping.bisectBatchOnFunctionError()).isTrue();
    assertThat(mapping.maximumRetryAttempts()).isEqualTo(-1);
  }
}
