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
 * Answers of EC2 as inputs of fuzzing: the first line names the call, the rest is what it gets. Not
 * safe for use by several threads.
 */
final class AnswerInputs {

  /** One for all, since to make the clients takes longer than thousands of answers. */
  private final World world = new World();

  /** One attempt for reads as well: to read the same answer three times shows nothing new. */
  final SdkEc2Reads reads = new SdkEc2Reads(world.clients.ec2Writes());

  final SdkEc2Writes writes = world.writes;

  /** EC2 answers the next request with the input, and no other one. */
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

  /** The call that the input is for. */
  static String callOf(byte[] input) {
    String text = new String(input, UTF_8);
    return text.substring(0, text.indexOf('\n'));
  }

  private static String bodyOf(byte[] input) {
    String text = new String(input, UTF_8);
    return text.substring(text.indexOf('\n') + 1);
  }

  /** One of the recorded answers, mostly changed at random. */
  static byte[] changed(Random random, Enum<?> call, List<String> files) {
    String file = FakeHttp.file(files.get(random.nextInt(files.size())));
    String body =
        switch (random.nextInt(15)) {
          case 0 -> new String(Bytes.any(random, 200), UTF_8);
          case 1 -> new String(Bytes.changed(random, file.getBytes(UTF_8)), UTF_8);
          case 2 -> new String(Bytes.cut(random, file.getBytes(UTF_8)), UTF_8);
          // Few changed answers to a launch make sense: some stay as they are, so that each call
          // gets
          // both kinds in every thousand inputs.
          case 3, 4, 5 -> file;
          default -> XmlTree.changed(random, file);
        };
    return (call.name() + "\n" + body).getBytes(UTF_8);
  }

  /** EC2 showed this id. */
  static void isShown(String id, String shown) {
    assertThat(shown.contains(id)).as("EC2 showed no %s", id).isTrue();
  }

  /** The characters that the input's XML means: without comments, with entities resolved. */
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
