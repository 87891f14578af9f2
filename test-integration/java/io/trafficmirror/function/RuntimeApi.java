package io.trafficmirror.function;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Lambda's runtime API for one environment, on a free port of 127.0.0.1. It implements the section
 * "Using the Lambda runtime API for custom runtimes" of the developer guide; the calls around a
 * snapshot are those of AWS's client. It also contains the endpoint that provides credentials to a
 * restored function.
 */
final class RuntimeApi implements AutoCloseable {

  /** The path of the credentials endpoint. */
  static final String CREDENTIALS = "/credentials";

  private static final String API = "/2018-06-01/runtime/";
  private static final String INVOCATION = API + "invocation/";

  /** The maximum size of a response: 6 MB (Lambda quotas). */
  private static final int MAXIMUM_ANSWER_BYTES = 6 << 20;

  /** The lifetime of the endpoint's credentials, which is some hours in Lambda. */
  private static final Duration CREDENTIALS_LIFE = Duration.ofHours(6);

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Consumer<Signal> listener;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BlockingQueue<Invocation> events = new LinkedBlockingQueue<>();
  private final CountDownLatch restored = new CountDownLatch(1);
  private final AtomicInteger credentialsServed = new AtomicInteger();

  /**
   * The request id of the current invocation. The client's calls are sequential, so there are no
   * concurrent writes.
   */
  private volatile String currentRequest = "";

  private RuntimeApi(HttpServer server, Consumer<Signal> listener) {
    this.server = server;
    this.listener = listener;
  }

  /**
   * Starts an API.
   *
   * @param listener receives all signals, on a thread of this API
   */
  static RuntimeApi start(Consumer<Signal> listener) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
      RuntimeApi api = new RuntimeApi(server, listener);
      server.createContext("/", api::exchange);
      server.setExecutor(api.threads);
      server.start();
      return api;
    } catch (IOException impossible) {
      throw new UncheckedIOException("could not bind a port of 127.0.0.1", impossible);
    }
  }

  /** The value of {@code AWS_LAMBDA_RUNTIME_API}. */
  String hostAndPort() {
    return "127.0.0.1:" + server.getAddress().getPort();
  }

  /** Queues an invocation, which the environment receives with its next request. */
  void offer(Invocation invocation) {
    events.add(invocation);
  }

  /** Resumes an environment that waits after its checkpoint. */
  void restore() {
    restored.countDown();
  }

  /** The number of successful requests to the credentials endpoint. */
  int credentialsServed() {
    return credentialsServed.get();
  }

  /** Stops listening, and closes the connection of a client that waits for an event. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      String call = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      switch (call) {
        case "GET " + INVOCATION + "next" -> next(exchange);
        case "GET " + API + "restore/next" -> waitForRestore(exchange);
        case "GET " + CREDENTIALS -> credentials(exchange);
        case "POST " + API + "init/error", "POST " + API + "restore/error" ->
            initError(exchange, body);
        default -> {
          String id = requestIdOf(call);
          if (call.equals("POST " + INVOCATION + id + "/response")) {
            response(exchange, id, body);
          } else if (call.equals("POST " + INVOCATION + id + "/error")) {
            error(exchange, id, body);
          } else {
            refuse(exchange, 404, "UnknownPath", call);
          }
        }
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  private static String requestIdOf(String call) {
    String start = "POST " + INVOCATION;
    int end = call.lastIndexOf('/');
    return call.startsWith(start) && end > start.length()
        ? call.substring(start.length(), end)
        : "";
  }

  private void next(HttpExchange exchange) throws IOException, InterruptedException {
    listener.accept(new Signal.Ready(System.nanoTime()));
    Invocation invocation = events.take();
    currentRequest = invocation.requestId();
    var headers = exchange.getResponseHeaders();
    headers.set("Content-Type", "application/json");
    headers.set("Lambda-Runtime-Aws-Request-Id", invocation.requestId());
    headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(invocation.deadline().toEpochMilli()));
    headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.functionArn());
    headers.set("Lambda-Runtime-Trace-Id", traceId(invocation));
    send(exchange, 200, invocation.event());
  }

  /** An unsampled trace id in X-Ray's format. */
  private static String traceId(Invocation invocation) {
    long seconds = invocation.deadline().getEpochSecond();
    int hash = invocation.requestId().hashCode();
    return "Root=1-%08x-%024x;Parent=%016x;Sampled=0".formatted(seconds, hash, hash);
  }

  private void waitForRestore(HttpExchange exchange) throws IOException, InterruptedException {
    listener.accept(new Signal.Checkpointed(System.nanoTime()));
    restored.await();
    send(exchange, 200, new byte[0]);
  }

  private void credentials(HttpExchange exchange) throws IOException {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    if (!FunctionCredentials.AUTHORIZATION.equals(shown)) {
      refuse(exchange, 401, "Unauthorized", "the authorization token is missing or wrong");
      return;
    }
    Instant end = Instant.now().plus(CREDENTIALS_LIFE);
    String answer = FunctionCredentials.answer(credentialsServed.incrementAndGet(), end);
    send(exchange, 200, answer.getBytes(StandardCharsets.UTF_8));
  }

  private void initError(HttpExchange exchange, byte[] body) throws IOException {
    JsonNode error = read(body);
    accepted(exchange);
    listener.accept(
        new Signal.InitFailed(
            error.path("errorType").asText("Unknown"), error.path("errorMessage").asText("")));
  }

  private void response(HttpExchange exchange, String id, byte[] body) throws IOException {
    long now = System.nanoTime();
    if (!finishes(exchange, id)) {
      return;
    }
    if (body.length > MAXIMUM_ANSWER_BYTES) {
      String message = "the response has %d bytes, more than 6 MB".formatted(body.length);
      refuse(exchange, 413, "RequestEntityTooLarge", message);
      listener.accept(new Signal.Failed(id, "Function.ResponseSizeTooLarge", message, ""));
      return;
    }
    accepted(exchange);
    listener.accept(new Signal.Answered(id, body, now));
  }

  private void error(HttpExchange exchange, String id, byte[] body) throws IOException {
    if (!finishes(exchange, id)) {
      return;
    }
    JsonNode error = read(body);
    accepted(exchange);
    listener.accept(
        new Signal.Failed(
            id,
            error.path("errorType").asText("Unknown"),
            error.path("errorMessage").asText(""),
            new String(body, StandardCharsets.UTF_8)));
  }

  /** Whether this is the first response to the current invocation; otherwise rejects it. */
  private boolean finishes(HttpExchange exchange, String id) throws IOException {
    if (!id.isEmpty() && currentRequest.equals(id)) {
      currentRequest = "";
      return true;
    }
    refuse(exchange, 400, "InvalidRequestID", "no invocation " + id + " is in progress");
    return false;
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException notJson) {
      return JSON.createObjectNode();
    }
  }

  private static void accepted(HttpExchange exchange) throws IOException {
    send(exchange, 202, "{\"status\":\"OK\"}".getBytes(StandardCharsets.UTF_8));
  }

  private static void refuse(HttpExchange exchange, int status, String type, String message)
      throws IOException {
    String body =
        JSON.createObjectNode().put("errorType", type).put("errorMessage", message).toString();
    send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
  }
}
