package io.trafficmirror.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * An emulator of AWS as a child process on a free port of the loopback interface. Servers share no
 * state, so several can run concurrently.
 */
public final class MotoServer implements AutoCloseable {

  /** The account of all resources. */
  public static final String ACCOUNT = "111122223333";

  private static final int TRIES = 300;
  private static final long PAUSE_MILLIS = 100;

  private final Process process;
  private final URI endpoint;
  private final HttpClient http = HttpClient.newHttpClient();

  private MotoServer(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param tools the tools, including the emulator
   * @param log the file for the server's request log
   * @throws AssertionError if it exits, or does not respond within half a minute
   */
  public static MotoServer start(TerraformTools tools, Path log) {
    int port = freePort();
    Path program =
        tools
            .motoServer()
            .orElseThrow(() -> new IllegalStateException("the tools were searched without moto"));
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of(program.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port)))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().clear();
    builder.environment().putAll(tools.environment());
    builder.environment().put("MOTO_ACCOUNT_ID", ACCOUNT);
    try {
      MotoServer server = new MotoServer(builder.start(), URI.create("http://127.0.0.1:" + port));
      server.waitUntilItAnswers(log);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("could not start " + program, e);
    }
  }

  /** The endpoint of all the emulator's services. */
  public URI endpoint() {
    return endpoint;
  }

  /** The environment variables that direct Terraform and AWS clients to this server only. */
  public Map<String, String> environment() {
    Map<String, String> environment = new TreeMap<>();
    environment.put("AWS_ENDPOINT_URL", endpoint.toString());
    environment.put("AWS_ACCESS_KEY_ID", "emulator");
    environment.put("AWS_SECRET_ACCESS_KEY", "emulator");
    return environment;
  }

  private void waitUntilItAnswers(Path log) throws IOException {
    // Otherwise a put into a stream with an event source mapping would need Docker.
    HttpRequest configuration =
        HttpRequest.newBuilder(endpoint.resolve("/moto-api/config"))
            .timeout(Duration.ofSeconds(5))
            .POST(HttpRequest.BodyPublishers.ofString("{\"lambda\": {\"use_docker\": false}}"))
            .build();
    try {
      for (int i = 0; i < TRIES; i++) {
        if (process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
          throw new AssertionError(
              "moto_server ended with " + process.exitValue() + ": " + Files.readString(log));
        }
        if (answers(configuration)) {
          return;
        }
      }
    } catch (InterruptedException e) {
      close();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while moto_server was starting", e);
    }
    close();
    throw new AssertionError(
        "moto_server does not answer at " + endpoint + ": " + Files.readString(log));
  }

  private boolean answers(HttpRequest request) throws InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() / 100 == 2;
    } catch (IOException e) {
      // The server is not listening yet.
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("no free port", e);
    }
  }

  @Override
  public void close() {
    http.close();
    ChildProcess.end(process);
  }
}
