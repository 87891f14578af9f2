package io.trafficmirror.embedded;

import static io.trafficmirror.embedded.Ec2World.SUBNET;
import static io.trafficmirror.embedded.Ec2World.eni;
import static io.trafficmirror.embedded.Ec2World.errorOf;
import static io.trafficmirror.embedded.Ec2World.instance;
import static io.trafficmirror.embedded.Ec2World.session;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The Query protocol: request parsing and the XML of responses. */
final class Ec2RequestTest {

  private static final String VERSION = "&Version=2016-11-15";

  private final Ec2World world = new Ec2World();

  @ParameterizedTest
  @CsvSource({
    "Action=MakeCoffee,action MakeCoffee",
    "Action=DescribeInstances&Nonsense=1,DescribeInstances: parameter Nonsense",
    "Action=DescribeInstances&InstanceId=i-1,DescribeInstances: parameter InstanceId",
    "Action=DescribeInstances&IncludeManagedResources=true,parameter IncludeManagedResources",
    "Action=DescribeInstances&Filter.1.Name=architecture&Filter.1.Value.1=arm64,filter"
        + " architecture",
  })
  void reportsUnsupportedRequests(String form, String reported) {
    HttpReply reply = world.raw(form + VERSION);

    assertThat(reply.status()).isEqualTo(501);
    assertThat(text(reply)).contains("<Code>EmbeddedAwsUnsupported</Code>");
    assertThat(world.unsupported())
        .singleElement()
        .satisfies(line -> assertThat(line).contains(reported));
  }

  @ParameterizedTest
  @CsvSource({
    "'',MissingParameter",
    "Action=DescribeInstances,MissingParameter",
    "Action=DescribeInstances&Version=1999-01-01,NoSuchVersion",
    "Action=DescribeInstances&Version=2016-11-15&MaxResults=many,InvalidParameterValue",
    "Action=DescribeInstances&Version=2016-11-15&DryRun=perhaps,InvalidParameterValue",
    "Action=DescribeInstances&Version=2016-11-15&MaxResults=%ZZ,MalformedQueryString",
    "Action=DescribeInstances&Action=DescribeVpcs&Version=2016-11-15,MalformedQueryString",
    "Action=DescribeInstances&Version=2016-11-15&Filter.1.Name=vpc-id,InvalidParameterValue",
    "Action=DescribeInstances&Version=2016-11-15&Filter.1.Value.1=x,MissingParameter",
    "Action=DescribeInstances&Version=2016-11-15&Filter.1.Name=vpcid&Filter.1.Value.1=x,InvalidParameterValue",
    "Action=CreateTrafficMirrorSession&Version=2016-11-15&SessionNumber=1,MissingParameter",
  })
  void rejectsInvalidRequestsWithTheErrorsOfEc2(String form, String code) {
    HttpReply reply = world.raw(form);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(text(reply)).contains("<Code>" + code + "</Code>");
    assertThat(world.unsupported()).isEmpty();
  }

  @Test
  void anErrorHasARequestIDAndASuccessARequestId() {
    assertThat(text(world.raw("Action=DescribeVpcs&Version=1")))
        .matches(
            "(?s)<\\?xml.*<Response><Errors><Error><Code>.*</Code><Message>.*</Message></Error>"
                + "</Errors><RequestID>[0-9a-f-]{36}</RequestID></Response>");
    assertThat(text(world.raw("Action=DescribeVpcs" + VERSION)))
        .matches(
            "(?s)<\\?xml.*<DescribeVpcsResponse"
                + " xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">"
                + "<requestId>[0-9a-f-]{36}</requestId>.*</DescribeVpcsResponse>");
  }

  @Test
  void acceptsAGetRequest() {
    HttpReply reply =
        world.ec2.handle(
            new HttpCall("GET", "/", "Action=DescribeVpcs" + VERSION, Map.of(), new byte[0]));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(text(reply)).contains("<vpcId>" + Ec2World.VPC + "</vpcId>");
  }

  @Test
  void acceptsListsWithGaps() {
    world.running(1).running(2);
    HttpReply reply =
        world.raw(
            "Action=DescribeInstances&Filter.7.Name=instance-id&Filter.7.Value.10=%s&Filter.7.Value.2=%s"
                    .formatted(instance(1), instance(2))
                + VERSION);

    assertThat(text(reply)).contains(instance(1)).contains(instance(2));
  }

  @Test
  void dryRunChangesNothing() {
    world.running(1);

    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorSession(session(eni(1)).dryRun(true).build())))
        .isEqualTo("412 DryRunOperation");
    assertThat(
            errorOf(
                () ->
                    world.client.createTrafficMirrorSession(
                        session(eni(1)).dryRun(true).sessionNumber(null).build())))
        .isEqualTo("400 MissingParameter");
    assertThat(world.ec2.sessions()).isEmpty();
  }

  @Test
  void deniesEveryCallUntilTheGivenTime() {
    world.ec2.denyUntil(world.now().plusSeconds(10));

    assertThat(errorOf(() -> world.client.describeInstances(r -> {})))
        .isEqualTo("403 UnauthorizedOperation");
    assertThat(errorOf(() -> world.client.describeInstances(r -> r.dryRun(true))))
        .isEqualTo("403 UnauthorizedOperation");
    world.advance(Duration.ofSeconds(10));
    assertThat(errorOf(() -> world.client.describeInstances(r -> {}))).isEqualTo("none");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a & b < c > d \" e ' f",
        "]]><!-- &amp; -->",
        "emoji \uD83D\uDC1F\uD83C\uDF0A and \u00E9",
        "tab\tnewline\nreturn\rend",
        " leading and trailing ",
        ""
      })
  void returnsSpecialCharactersUnchanged(String value) {
    world.ec2.putInstance(
        InstanceSeed.running(instance(1), "m5.large", SUBNET, eni(1)).withTags(Map.of("k", value)));

    assertThat(world.describe(r -> {}).getFirst().tags())
        .containsExactly(Tag.builder().key("k").value(value).build());
    assertThat(world.find("tag:k", value)).containsExactly(instance(1));
  }

  @Test
  void replacesCharactersThatXmlDoesNotAllow() {
    world.ec2.putInstance(
        InstanceSeed.running(instance(1), "m5.large", SUBNET, eni(1))
            .withTags(Map.of("k", "a\u0000b\u0007c\uD800d\uFFFEe")));

    assertThat(world.describe(r -> {}).getFirst().tags().getFirst().value())
        .isEqualTo("a\uFFFDb\uFFFDc\uFFFDd\uFFFDe");
  }

  @Test
  void matchesWildcardsUnlessEscaped() {
    world.running(1).running(2);
    world.ec2.setTag(instance(1), "k", "a*c");
    world.ec2.setTag(instance(2), "k", "abc");

    assertThat(world.find("tag:k", "a?c")).containsExactly(instance(1), instance(2));
    assertThat(world.find("tag:k", "a\\*c")).containsExactly(instance(1));
    assertThat(world.find("tag:k", "*")).hasSize(2);
    assertThat(world.find("tag:k", "A*")).isEmpty();
    assertThat(world.find("tag:k", "(a.c)")).isEmpty();
  }

  @Test
  void readsTheActionWithoutPerformingIt() {
    assertThat(world.ec2.action(call("Action=DescribeVpcs"))).isEqualTo("DescribeVpcs");
    assertThat(world.ec2.action(call("x=%"))).isEmpty();
    assertThat(
            text(world.ec2.error(call("Action=DescribeVpcs"), 503, "RequestLimitExceeded", "a<b")))
        .contains("<Code>RequestLimitExceeded</Code><Message>a&lt;b</Message>");
  }

  private static HttpCall call(String form) {
    return new HttpCall("POST", "/", "", Map.of(), form.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(HttpReply reply) {
    return new String(reply.body(), StandardCharsets.UTF_8);
  }
}
