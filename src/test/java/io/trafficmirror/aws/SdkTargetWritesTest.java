package io.trafficmirror.aws;

import static io.trafficmirror.aws.World.failure;
import static io.trafficmirror.aws.World.got;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.mirror.InstanceId;
import io.trafficmirror.mirror.InstanceState;
import io.trafficmirror.mirror.InterfaceId;
import io.trafficmirror.mirror.MirrorTarget;
import io.trafficmirror.mirror.Ownership;
import io.trafficmirror.mirror.Pool;
import io.trafficmirror.mirror.PoolMember;
import io.trafficmirror.mirror.Slot;
import io.trafficmirror.mirror.SubnetId;
import io.trafficmirror.mirror.TargetId;
import io.trafficmirror.port.Answer;
import io.trafficmirror.port.FailureKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The writes of {@link SdkEc2Writes} for targets on demand. */
final class SdkTargetWritesTest {

  private static final Ownership OURS = new Ownership("prod");
  private static final Pool POOL =
      new Pool("prod", "c5.large", "ami-1", List.of("sg-2", "sg-1"), new SubnetId("subnet-1"));
  private static final Map<String, String> TAGS = OURS.slotTags(new Slot("0a1b", 2, 1));
  private static final InterfaceId ENI = new InterfaceId("eni-0a9");

  private final World world = new World();

  @AfterEach
  void close() {
    world.close();
  }

  @Test
  void launchesOneInstanceWithTagsOnAllItsResources() {
    world.http.answer("run-instances");
    assertThat(got(launch()))
        .isEqualTo(
            new PoolMember(
                new InstanceId("i-0a9"),
                InstanceState.PENDING,
                "c5.large",
                "0a1b",
                Optional.of(new Slot("0a1b", 2, 1)),
                Optional.of(ENI),
                Optional.of(Instant.parse("2026-11-24T10:00:01Z"))));
    Map<String, String> parameters = world.http.requests().getFirst().parameters();
    assertThat(parameters)
        .containsEntry("Action", "RunInstances")
        .containsEntry("MinCount", "1")
        .containsEntry("MaxCount", "1")
        .containsEntry("ImageId", "ami-1")
        .containsEntry("InstanceType", "c5.large")
        .containsEntry("SubnetId", "subnet-1")
        .containsEntry("SecurityGroupId.1", "sg-1")
        .containsEntry("SecurityGroupId.2", "sg-2")
        .containsEntry("MetadataOptions.HttpTokens", "required")
        .containsEntry("InstanceInitiatedShutdownBehavior", "stop")
        .containsEntry("ClientToken", "token")
        .containsEntry("TagSpecification.1.ResourceType", "instance")
        .containsEntry("TagSpecification.2.ResourceType", "network-interface")
        .containsEntry("TagSpecification.3.ResourceType", "volume")
        .containsEntry("TagSpecification.3.Tag.1.Value", "prod-target-0a1b-2")
        .doesNotContainKey("NetworkInterface.1.AssociatePublicIpAddress");
    assertThat(
            parameters.keySet().stream().filter(key -> key.startsWith("TagSpecification.1.Tag.")))
        .hasSize(10);
  }

  @Test
  void repeatsALaunchWithTheSameRequest() {
    world.http.answer("run-instances").answer("run-instances");
    got(launch());
    got(launch());
    assertThat(world.http.requests().getFirst().body())
        .isEqualTo(world.http.requests().getLast().body());
  }

  @ParameterizedTest
  @CsvSource({
    "500, InsufficientInstanceCapacity, NO_CAPACITY",
    "400, InsufficientFreeAddressesInSubnet, SUBNET_FULL",
    "400, VcpuLimitExceeded, LAUNCH_LIMIT",
    "400, InstanceLimitExceeded, LAUNCH_LIMIT",
    "400, InvalidAMIID.NotFound, IMAGE_NOT_FOUND",
    "400, InvalidGroup.NotFound, SECURITY_GROUP_NOT_FOUND",
    "400, InvalidSubnetID.NotFound, SUBNET_NOT_FOUND",
    "400, Unsupported, TYPE_NOT_OFFERED",
    "400, InvalidParameterValue, INVALID",
    "400, IdempotentInstanceTerminated, INSTANCE_ENDED",
    "400, IdempotentParameterMismatch, TOKEN_MISMATCH",
    "403, UnauthorizedOperation, DENIED",
    "503, RequestLimitExceeded, THROTTLED"
  })
  void makesOneAttemptPerLaunchAndReturnsItsError(int status, String code, FailureKind kind) {
    world.http.error(status, code);
    assertThat(failure(launch()).kind()).isEqualTo(kind);
    assertThat(world.http.requests()).hasSize(1);
  }

  @Test
  void createsATargetWithItsTagsInOneCall() {
    world.http.answer("create-target");
    MirrorTarget target =
        got(world.writes.createTarget(ENI, TAGS, Slot.targetToken(ENI), world.inAMinute()));
    assertThat(target).isEqualTo(new MirrorTarget(new TargetId("tmt-0a9"), Optional.of(ENI), TAGS));
    assertThat(world.http.requests().getFirst().parameters())
        .containsEntry("Action", "CreateTrafficMirrorTarget")
        .containsEntry("NetworkInterfaceId", "eni-0a9")
        .containsEntry("TagSpecification.1.ResourceType", "traffic-mirror-target")
        .containsEntry("ClientToken", Slot.targetToken(ENI));
  }

  @Test
  void mapsAnUnknownInterfaceToNotVisibleYet() {
    world.http.error(400, "InvalidTrafficMirrorTarget");
    assertThat(failure(world.writes.createTarget(ENI, TAGS, "t", world.inAMinute())).kind())
        .isEqualTo(FailureKind.NOT_VISIBLE_YET);
  }

  @Test
  void treatsAMissingResourceAsRemoved() {
    TargetId target = new TargetId("tmt-0a9");
    InstanceId instance = new InstanceId("i-0a9");
    world
        .http
        .error(400, "InvalidTrafficMirrorTargetId.NotFound")
        .error(400, "InvalidInstanceID.NotFound")
        .error(400, "TrafficMirrorTargetInUseException");
    assertThat(got(world.writes.deleteTarget(target, world.inAMinute()))).isEqualTo(target);
    assertThat(got(world.writes.terminate(instance, world.inAMinute()))).isEqualTo(instance);
    assertThat(failure(world.writes.deleteTarget(target, world.inAMinute())).kind())
        .isEqualTo(FailureKind.TARGET_IN_USE);
    assertThat(world.http.requests().get(0).parameters())
        .containsEntry("Action", "DeleteTrafficMirrorTarget")
        .containsEntry("TrafficMirrorTargetId", "tmt-0a9");
    assertThat(world.http.requests().get(1).parameters())
        .containsEntry("Action", "TerminateInstances")
        .containsEntry("InstanceId.1", "i-0a9");
  }

  private Answer<PoolMember> launch() {
    return world.writes.launch(POOL, TAGS, "token", OURS, world.inAMinute());
  }
}
