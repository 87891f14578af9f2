package io.trafficmirror.worlds;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.trafficmirror.terraform.Permission;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Stands between the function and AWS: lets a call through where the applied role allows its action
 * on its resource, and refuses it as AWS does where it does not. Conditions are not looked at. Safe
 * for use by several threads.
 */
final class RoleGate implements AutoCloseable {

  /** What Java's HTTP client sets by itself. */
  private static final Set<String> OWN_HEADERS =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  private final Map<String, URI> services;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile List<Permission> role = List.of();

  private RoleGate(Map<String, URI> services, HttpServer server) {
    this.services = Map.copyOf(services);
    this.server = server;
  }

  /**
   * Opens a gate through which nothing goes yet.
   *
   * @param services where each service is, by the name that its requests are signed for
   */
  static RoleGate start(Map<String, URI> services) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      RoleGate gate = new RoleGate(services, server);
      server.createContext("/", gate::pass);
      server.setExecutor(gate.threads);
      server.start();
      return gate;
    } catch (IOException e) {
      throw new UncheckedIOException("no port of the loopback interface could be bound", e);
    }
  }

  /** From now on this is what the function may do. */
  void allow(List<Permission> permissions) {
    role = List.copyOf(permissions);
  }

  /** Where the function finds all services. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      RoleCall call = RoleCall.of(exchange, body);
      Optional<URI> service = Optional.ofNullable(services.get(call.service()));
      if (service.isEmpty() || !call.allowedBy(role)) {
        RoleCall.Refusal refusal = call.refusal();
        exchange.getResponseHeaders().set("Content-Type", refusal.contentType());
        exchange.getResponseHeaders().set("x-amzn-ErrorType", refusal.code());
        answer(exchange, refusal.status(), refusal.body());
        return;
      }
      HttpResponse<byte[]> answer = forward(exchange, service.get(), body);
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!OWN_HEADERS.contains(name) && !name.startsWith(":")) {
                  exchange.getResponseHeaders().put(name, values);
                }
              });
      answer(exchange, answer.statusCode(), answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<byte[]> forward(HttpExchange exchange, URI service, byte[] body)
      throws IOException, InterruptedException {
    URI asked = exchange.getRequestURI();
    String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service + asked.getRawPath() + query))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
              }
            });
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.length == 0;
    exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
    if (!bodiless) {
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
    http.close();
  }
}
