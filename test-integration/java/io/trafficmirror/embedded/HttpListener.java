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

/** Serves HTTP on a socket, with one virtual thread per call. */
final class HttpListener implements AutoCloseable {

  private final Dispatcher dispatcher;
  private final HttpServer server;
  private final ExecutorService threads;

  private HttpListener(Dispatcher dispatcher, HttpServer server, ExecutorService threads) {
    this.dispatcher = dispatcher;
    this.server = server;
    this.threads = threads;
  }

  /** Listens on a free port of the loopback interface. */
  static HttpListener start(Dispatcher dispatcher) {
    try {
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return start(dispatcher, new InetSocketAddress(loopback, 0));
    } catch (UnknownHostException impossible) {
      throw new UncheckedIOException("cannot resolve 127.0.0.1", impossible);
    }
  }

  /** Listens on an address; port 0 for a free one. */
  static HttpListener start(Dispatcher dispatcher, InetSocketAddress bind) {
    try {
      HttpServer server = HttpServer.create(bind, 0);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      HttpListener started = new HttpListener(dispatcher, server, threads);
      server.createContext("/", started::exchange);
      server.setExecutor(threads);
      server.start();
      return started;
    } catch (IOException taken) {
      throw new UncheckedIOException("cannot bind " + bind, taken);
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

  /** Closing an exchange before its response closes the connection. */
  private void exchange(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpReply reply = dispatcher.serve(call(exchange));
      reply.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
      boolean bodiless = exchange.getRequestMethod().equals("HEAD") || reply.body().length == 0;
      exchange.sendResponseHeaders(reply.status(), bodiless ? -1 : reply.body().length);
      if (!bodiless) {
        exchange.getResponseBody().write(reply.body());
      }
    } catch (RuntimeException | Error crash) {
      // The hook simulates a crash, which the caller sees as a closed connection.
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
