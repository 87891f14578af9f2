package io.trafficmirror.contract;

import static io.trafficmirror.contract.Claim.Status.DOCUMENTED;
import static io.trafficmirror.contract.Claim.Status.OBSERVED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.ec2.model.HttpTokensState;
import software.amazon.awssdk.services.ec2.model.Instance;
import software.amazon.awssdk.services.ec2.model.InstanceStateName;
import software.amazon.awssdk.services.ec2.model.RunInstancesRequest;
import software.amazon.awssdk.services.ec2.model.RunInstancesResponse;
import software.amazon.awssdk.services.ec2.model.Tag;

/** Claims about the response of a launch and about its client token. */
interface LaunchClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_RUN)
  default void launchReturnsAReservationOfPendingInstances() {
    RunInstancesResponse reservation = run(Launches.request(fixture().world(), 2).build());

    assertThat(reservation.reservationId()).startsWith("r-");
    assertThat(reservation.ownerId()).matches("[0-9]{12}");
    assertThat(reservation.instances()).hasSize(2);
    assertThat(reservation.instances())
        .allSatisfy(
            instance -> {
              assertThat(instance.state().name()).isEqualTo(InstanceStateName.PENDING);
              assertThat(instance.state().code()).isZero();
              assertThat(instance.tags()).contains(Launches.tag(fixture().world()));
              assertThat(instance.subnetId()).isEqualTo(fixture().world().subnetId());
              assertThat(instance.networkInterfaces()).filteredOn(Launches::isPrimary).hasSize(1);
            });
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_RUN)
  default void launchTagsTheInterfaceAndRequiresImdsV2Immediately() {
    Instance launched =
        run(Launches.request(fixture().world(), 1)
                .metadataOptions(options -> options.httpTokens(HttpTokensState.REQUIRED))
                .build())
            .instances()
            .getFirst();

    assertThat(launched.metadataOptions().httpTokens()).isEqualTo(HttpTokensState.REQUIRED);
    assertThat(
            fixture()
                .world()
                .eventually(
                    () -> interfaceTags(Launches.primaryInterface(launched)),
                    tags -> !tags.isEmpty()))
        .containsExactly(Launches.tag(fixture().world()));
  }

  private List<Tag> interfaceTags(String interfaceId) {
    return ec2()
        .describeNetworkInterfaces(
            read -> read.filters(Fixture.filter("network-interface-id", interfaceId)))
        .networkInterfaces()
        .stream()
        .flatMap(network -> network.tagSet().stream())
        .toList();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void repeatedLaunchReturnsTheSameInstance() {
    RunInstancesRequest request = request();

    Instance first = run(request).instances().getFirst();
    Instance again = run(request).instances().getFirst();

    assertThat(again.instanceId()).isEqualTo(first.instanceId());
    assertThat(first.clientToken()).isEqualTo(request.clientToken());
    assertThat(
            fixture()
                .world()
                .eventually(() -> withToken(request.clientToken()), ids -> !ids.isEmpty()))
        .containsExactly(first.instanceId());
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void rejectsALaunchTokenWithDifferentParameters() {
    RunInstancesRequest request = request();
    run(request);

    Ec2Error error = Ec2Error.of(() -> run(request.copy(change -> change.maxCount(2))));

    assertThat(error.code()).isEqualTo("IdempotentParameterMismatch");
    assertThat(error.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void rejectsALaunchTokenOfATerminatedInstance() {
    RunInstancesRequest request = request();
    String id = run(request).instances().getFirst().instanceId();
    fixture().world().awaitState(List.of(id), InstanceStateName.RUNNING);
    fixture().terminate(id);

    Ec2Error error = Ec2Error.of(() -> run(request));

    assertThat(error.code()).isEqualTo("IdempotentInstanceTerminated");
    assertThat(error.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.TERMINATED_TOKEN)
  default void terminatedTokenErrorAsksForAnotherToken() {
    RunInstancesRequest request = request();
    String id = run(request).instances().getFirst().instanceId();
    fixture().world().awaitState(List.of(id), InstanceStateName.RUNNING);
    fixture().terminate(id);

    assertThat(Ec2Error.of(() -> run(request)).message())
        .isEqualTo(
            "The client token you have provided is associated with a terminated instance. Please"
                + " use a different client token.");
  }

  private RunInstancesRequest request() {
    return Launches.request(fixture().world(), 1).clientToken(fixture().token()).build();
  }

  private RunInstancesResponse run(RunInstancesRequest request) {
    RunInstancesResponse answer = ec2().runInstances(request);
    fixture().terminateAfterwards(answer.instances().stream().map(Instance::instanceId).toList());
    return answer;
  }

  private List<String> withToken(String token) {
    return ec2()
        .describeInstances(read -> read.filters(Fixture.filter("client-token", token)))
        .reservations()
        .stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(Instance::instanceId)
        .toList();
  }
}
