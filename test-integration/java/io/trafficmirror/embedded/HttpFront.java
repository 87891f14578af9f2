package io.trafficmirror.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The front on a socket, one virtual thread a call. */
final class HttpFront implements AutoCloseable {

  private final Front front;
  private final HttpServer server;
  private final ExecutorService threads;

  private HttpFront(Front front, HttpServer server, ExecutorService threads) {
    this.front = front;
    this.server = server;
    this.threads = threads;
  }

  /** On a free port of the loopback interface. */
  static HttpFront start(Front front) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return start(front, new InetSocketAddress(loopback, 0));
    } catch (UnknownHostException impossible) {
      throw new UncheckedIOException("127.0.0.1 is an address", impossible);
    }
  }

  /** On that address; port 0 for a free one. */
  static HttpFront start(Front front, InetSocketAddress bind) {
    try {
      HttpServer server = HttpServer.create(bind, 0);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      HttpFront started = new HttpFront(front, server, threads);
      server.createContext("/", started::exchange);
      server.setExecutor(threads);
      server.start();
      return started;
    } catch (IOException taken) {
      throw new UncheckedIOException(bind + " could not be bound", taken);
    }
  }

  URI endpoint() {
    InetAddress bound = server.getAddress().getAddress();
    String host = bound.isAnyLocalAddress() ? "127.0.0.1" : bound.getHostAddress();
    return URI.create("http://" + host + ":" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** Closing an exchange that has no answer yet closes its connection: the caller sees a cut. */
  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpReply reply = front.serve(call(exchange));
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      boolean bodiless = exchange.getRequestMethod().equals("HEAD") || reply.body().length == 0;
      exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
      if (!bodiless) {
        exchange.getResponseBody().write(reply.body());
      }
    } catch (RuntimeException | Error crash) {
      // A hook plays a crash: what the caller is to see of it is the connection that ends.
      exchange.close();
    }
  }

  private static HttpCall call(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    URI uri = exchange.getRequestURI();
    return new HttpCall(
        exchange.getRequestMethod(),
        uri.getRawPath(),
        Optional.ofNullable(uri.getRawQuery()).orElse(""),
        headers,
        exchange.getRequestBody().readAllBytes());
  }
}
