package io.trafficmirror.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.trafficmirror.fuzz.Bytes;
import io.trafficmirror.fuzz.XmlTree;
import io.trafficmirror.port.Deadline;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Responses of EC2 as fuzz inputs: the first line names the call, the rest is the response body.
 * Not thread-safe.
 */
final class AnswerInputs {

  /** Shared, because creating the clients takes longer than thousands of calls. */
  private final World world = new World();

  /** One attempt per read: repeating a read of the same response would test nothing new. */
  final SdkEc2Reads reads = new SdkEc2Reads(world.clients.ec2Writes());

  final SdkEc2Writes writes = world.writes;

  /** Sets the input as the response to the next request; further requests get none. */
  void answerWith(byte[] input) {
    world.http.forget();
    world.metered.clear();
    String body = bodyOf(input);
    int status = body.contains("<Errors>") ? 400 : 200;
    world.http.reply(new FakeHttp.Reply.Answer(status, Map.of(), body));
  }

  Deadline inAMinute() {
    return world.inAMinute();
  }

  /** The call that the input names. */
  static String callOf(byte[] input) {
    String text = new String(input, UTF_8);
    return text.substring(0, text.indexOf('\n'));
  }

  private static String bodyOf(byte[] input) {
    String text = new String(input, UTF_8);
    return text.substring(text.indexOf('\n') + 1);
  }

  /** A recorded response, usually with random changes. */
  static byte[] changed(Random random, Enum<?> call, List<String> files) {
    String file = FakeHttp.file(files.get(random.nextInt(files.size())));
    String body =
        switch (random.nextInt(15)) {
          case 0 -> new String(Bytes.any(random, 200), UTF_8);
          case 1 -> new String(Bytes.changed(random, file.getBytes(UTF_8)), UTF_8);
          case 2 -> new String(Bytes.cut(random, file.getBytes(UTF_8)), UTF_8);
          // Few changed responses to a launch are valid. Some responses stay unchanged, so that
          // each call both succeeds and fails in every thousand inputs.
          case 3, 4, 5 -> file;
          default -> XmlTree.changed(random, file);
        };
    return (call.name() + "\n" + body).getBytes(UTF_8);
  }

  /** Asserts that the response contained this id. */
  static void assertShown(String id, String shown) {
    assertThat(shown.contains(id)).as("the response contains %s", id).isTrue();
  }

  /** The text of the input's XML, without comments and with entities resolved. */
  static String shownIn(byte[] input) {
    String text =
        bodyOf(input)
            .replaceAll("(?s)<!--.*?-->|<!\\[CDATA\\[|]]>|<\\?.*?\\?>", "")
            .replaceAll("\r\n?", "\n")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&apos;", "'");
    Function<MatchResult, String> decoded =
        match ->
            Matcher.quoteReplacement(
                Character.toString(
                    match.group(1) != null
                        ? Integer.parseInt(match.group(1), 16)
                        : Integer.parseInt(match.group(2))));
    return Pattern.compile("&#(?:x([0-9a-fA-F]{1,4})|([0-9]{1,5}));")
        .matcher(text)
        .replaceAll(decoded)
        .replace("&amp;", "&");
  }
}
