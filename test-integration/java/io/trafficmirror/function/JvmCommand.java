package io.trafficmirror.function;

import com.amazonaws.services.lambda.runtime.LambdaRuntime;
import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.utilslite.SdkInternalThreadLocal;

/**
 * The command that starts a function's JVM, as in Lambda's {@code java17} and {@code java21}
 * runtimes.
 *
 * <p>AWS documents {@code TieredStopAtLevel=1} (developer guide, "Customize Java runtime startup
 * behavior"). The other flags and the heap size are from command lines that functions have logged,
 * for example with {@code java17} and 512 MB: {@code -XX:MaxHeapSize=445645k -XX:+UseSerialGC
 * -Xshare:on -XX:SharedArchiveFile=… -XX:+TieredCompilation -XX:TieredStopAtLevel=1
 * --add-opens=java.base/java.io=ALL-UNNAMED
 * -Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac -XX:+ErrorFileToStderr}. Two parts are
 * omitted: the patch agent against Log4Shell, and Lambda's own shared archive, which is replaced by
 * the JVM's.
 */
final class JvmCommand {

  private static final String CLIENT = "com.amazonaws.services.lambda.runtime.api.client.";
  private static final int KIB_IN_MIB = 1_024;

  private JvmCommand() {}

  /** The reason why functions cannot run on this machine; empty if they can. */
  static Optional<String> unsupportedReason() {
    String system = System.getProperty("os.name");
    return nativeLibrary(system, System.getProperty("os.arch")).isPresent()
        ? Optional.empty()
        : Optional.of(
            "AWS's Lambda runtime interface client has no library for %s on %s"
                .formatted(system, System.getProperty("os.arch")));
  }

  /**
   * Builds the command.
   *
   * @param scratch a folder that only this environment uses
   */
  static List<String> of(FunctionSettings settings, FunctionOptions options, Path scratch) {
    List<String> command = new ArrayList<>();
    command.add(options.javaHome().resolve("bin").resolve("java").toString());
    command.add("-XX:MaxHeapSize=" + heapKibibytes(settings.memoryMegabytes()) + "k");
    command.add("-XX:+UseSerialGC");
    command.add("-XX:+TieredCompilation");
    command.add("-XX:TieredStopAtLevel=1");
    command.add("--add-opens=java.base/java.io=ALL-UNNAMED");
    command.add("--add-opens=java.base/java.net=ALL-UNNAMED");
    command.add("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac");
    command.add("-XX:+ErrorFileToStderr");
    // Otherwise the client unpacks the library to a path that all processes of the machine share.
    command.add("-D" + CLIENT + "runtimeapi.NativeClient.JNI=" + unpackLibrary(scratch));
    // In Lambda, there is no home directory with settings, and /tmp is not shared.
    command.add("-Duser.home=" + scratch.resolve("no-home"));
    command.add("-Djava.io.tmpdir=" + scratch);
    command.addAll(options.moreFlags());
    command.add("-classpath");
    command.add(String.join(File.pathSeparator, clientJars()));
    command.add(CLIENT + "AWSLambda");
    command.add(settings.handler());
    return command;
  }

  /**
   * The maximum heap size: the memory minus a tenth, at most 160 MiB, for metaspace and a
   * twentieth, at most 80 MiB, for compiled code. These are the values on command lines of {@code
   * java8}, where both were flags; {@code java17} with 512 MB has the same heap. AWS does not
   * document them, and newer runtimes may differ by some MB.
   */
  static long heapKibibytes(int memoryMegabytes) {
    long memory = (long) memoryMegabytes * KIB_IN_MIB;
    long metaspace = Math.min(Math.round(memory / 10.0), 160L * KIB_IN_MIB);
    long code = Math.min(Math.round(memory / 20.0), 80L * KIB_IN_MIB);
    return memory - metaspace - code;
  }

  /** The runtime's own jars. The client finds those of the function in the working directory. */
  private static Set<String> clientJars() {
    Set<String> jars = new LinkedHashSet<>();
    for (Class<?> one :
        List.of(
            LambdaRuntime.class,
            AWSLambda.class,
            PojoSerializer.class,
            SdkInternalThreadLocal.class)) {
      try {
        jars.add(
            Path.of(one.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
      } catch (URISyntaxException impossible) {
        throw new IllegalStateException("the jar of " + one + " has no path", impossible);
      }
    }
    return jars;
  }

  private static Path unpackLibrary(Path scratch) {
    String name =
        nativeLibrary(System.getProperty("os.name"), System.getProperty("os.arch"))
            .orElseThrow(() -> new IllegalStateException(unsupportedReason().orElseThrow()));
    Path library = scratch.resolve(name);
    try (InputStream bytes = AWSLambda.class.getResourceAsStream("/jni/" + name)) {
      if (bytes == null) {
        throw new IllegalStateException("the runtime interface client has no " + name);
      }
      Files.copy(bytes, library);
      return library;
    } catch (IOException e) {
      throw new UncheckedIOException("could not unpack " + name + " to " + scratch, e);
    }
  }

  private static Optional<String> nativeLibrary(String system, String architecture) {
    if (!system.toLowerCase(Locale.ROOT).equals("linux")) {
      return Optional.empty();
    }
    String libc = Files.exists(Path.of("/etc/alpine-release")) ? "linux_musl" : "linux";
    return switch (architecture) {
      case "amd64", "x86_64" -> Optional.of("libaws-lambda-jni." + libc + "-x86_64.so");
      case "aarch64" -> Optional.of("libaws-lambda-jni." + libc + "-aarch_64.so");
      default -> Optional.empty();
    };
  }
}
