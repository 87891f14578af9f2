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

/** What a launch answers, and what a client token does for it. */
interface LaunchClaims extends Claims {

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_RUN)
  default void aLaunchAnswersAReservationOfPendingInstances() {
    RunInstancesResponse reservation = run(Launches.request(stage().world(), 2).build());

    assertThat(reservation.reservationId()).startsWith("r-");
    assertThat(reservation.ownerId()).matches("[0-9]{12}");
    assertThat(reservation.instances()).hasSize(2);
    assertThat(reservation.instances())
        .allSatisfy(
            instance -> {
              assertThat(instance.state().name()).isEqualTo(InstanceStateName.PENDING);
              assertThat(instance.state().code()).isZero();
              assertThat(instance.tags()).contains(Launches.tag(stage().world()));
              assertThat(instance.subnetId()).isEqualTo(stage().world().subnetId());
              assertThat(instance.networkInterfaces()).filteredOn(Launches::isPrimary).hasSize(1);
            });
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.API_RUN)
  default void aLaunchTagsTheInterfaceAndGuardsTheMetadataFromTheFirstMoment() {
    Instance launched =
        run(Launches.request(stage().world(), 1)
                .metadataOptions(options -> options.httpTokens(HttpTokensState.REQUIRED))
                .build())
            .instances()
            .getFirst();

    assertThat(launched.metadataOptions().httpTokens()).isEqualTo(HttpTokensState.REQUIRED);
    assertThat(
            stage()
                .world()
                .eventually(
                    () -> interfaceTags(Launches.primaryInterface(launched)),
                    tags -> !tags.isEmpty()))
        .containsExactly(Launches.tag(stage().world()));
  }

  private List<Tag> interfaceTags(String interfaceId) {
    return ec2()
        .describeNetworkInterfaces(
            read -> read.filters(Stage.filter("network-interface-id", interfaceId)))
        .networkInterfaces()
        .stream()
        .flatMap(network -> network.tagSet().stream())
        .toList();
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void aReplayedLaunchAnswersTheSameInstance() {
    RunInstancesRequest request = request();

    Instance first = run(request).instances().getFirst();
    Instance again = run(request).instances().getFirst();

    assertThat(again.instanceId()).isEqualTo(first.instanceId());
    assertThat(first.clientToken()).isEqualTo(request.clientToken());
    assertThat(
            stage()
                .world()
                .eventually(() -> withToken(request.clientToken()), ids -> !ids.isEmpty()))
        .containsExactly(first.instanceId());
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.IDEMPOTENCY)
  default void aLaunchTokenWithOtherParametersIsRefused() {
    RunInstancesRequest request = request();
    run(request);

    Refusal refusal = Refusal.of(() -> run(request.copy(change -> change.maxCount(2))));

    assertThat(refusal.code()).isEqualTo("IdempotentParameterMismatch");
    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = DOCUMENTED, source = Sources.ERRORS)
  default void aReplayedLaunchWhoseInstanceWasTerminatedIsRefused() {
    RunInstancesRequest request = request();
    String id = run(request).instances().getFirst().instanceId();
    stage().world().reached(List.of(id), InstanceStateName.RUNNING);
    stage().terminate(id);

    Refusal refusal = Refusal.of(() -> run(request));

    assertThat(refusal.code()).isEqualTo("IdempotentInstanceTerminated");
    assertThat(refusal.status()).isEqualTo(400);
  }

  @Test
  @Claim(status = OBSERVED, source = Sources.TERMINATED_TOKEN)
  default void theRefusalOfATerminatedTokenAsksForAnother() {
    RunInstancesRequest request = request();
    String id = run(request).instances().getFirst().instanceId();
    stage().world().reached(List.of(id), InstanceStateName.RUNNING);
    stage().terminate(id);

    assertThat(Refusal.of(() -> run(request)).message())
        .isEqualTo(
            "The client token you have provided is associated with a terminated instance. Please"
                + " use a different client token.");
  }

  private RunInstancesRequest request() {
    return Launches.request(stage().world(), 1).clientToken(stage().token()).build();
  }

  private RunInstancesResponse run(RunInstancesRequest request) {
    RunInstancesResponse answer = ec2().runInstances(request);
    stage().endsWithTheClaim(answer.instances().stream().map(Instance::instanceId).toList());
    return answer;
  }

  private List<String> withToken(String token) {
    return ec2()
        .describeInstances(read -> read.filters(Stage.filter("client-token", token)))
        .reservations()
        .stream()
        .flatMap(reservation -> reservation.instances().stream())
        .map(Instance::instanceId)
        .toList();
  }
}
