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
 * An HTTP proxy between the function and AWS that forwards a request only if the applied role
 * allows its action on its resource, and otherwise denies it as AWS does. Ignores conditions. Safe
 * for use by several threads.
 */
final class IamProxy implements AutoCloseable {

  /** The headers that Java's HTTP client sets itself. */
  private static final Set<String> CLIENT_HEADERS =
      Set.of("connection", "content-length", "expect", "host", "upgrade", "transfer-encoding");

  private final Map<String, URI> services;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private volatile List<Permission> role = List.of();

  private IamProxy(Map<String, URI> services, HttpServer server) {
    this.services = Map.copyOf(services);
    this.server = server;
  }

  /**
   * Starts a proxy that denies every request.
   *
   * @param services the endpoint of each service, by the service in the signature's credential
   *     scope
   */
  static IamProxy start(Map<String, URI> services) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      IamProxy proxy = new IamProxy(services, server);
      server.createContext("/", proxy::pass);
      server.setExecutor(proxy.threads);
      server.start();
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("no port of the loopback interface could be bound", e);
    }
  }

  /** Sets the permissions of the function. */
  void allow(List<Permission> permissions) {
    role = List.copyOf(permissions);
  }

  /** The endpoint of all services for the function. */
  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      IamRequest call = IamRequest.of(exchange, body);
      Optional<URI> service = Optional.ofNullable(services.get(call.service()));
      if (service.isEmpty() || !call.allowedBy(role)) {
        IamRequest.Denial denial = call.denial();
        exchange.getResponseHeaders().set("Content-Type", denial.contentType());
        exchange.getResponseHeaders().set("x-amzn-ErrorType", denial.code());
        answer(exchange, denial.status(), denial.body());
        return;
      }
      HttpResponse<byte[]> answer = forward(exchange, service.get(), body);
      answer
          .headers()
          .map()
          .forEach(
              (name, values) -> {
                if (!CLIENT_HEADERS.contains(name) && !name.startsWith(":")) {
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
    URI requested = exchange.getRequestURI();
    String query = requested.getRawQuery() == null ? "" : "?" + requested.getRawQuery();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(service + requested.getRawPath() + query))
            .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!CLIENT_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
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
