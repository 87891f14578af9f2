package io.trafficmirror.worlds;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The options for an emulator that runs functions.
 *
 * @param endpoint the endpoint of all its services
 * @param mirroring whether its own EC2 has traffic mirroring; otherwise embedded EC2 is used
 * @param bind the address on which embedded EC2 listens
 * @param advertised the address of embedded EC2 for the function; without a port, the bound port is
 *     added
 * @param architecture the architecture of the machine that runs the functions: {@code arm64} or
 *     {@code x86_64}
 * @param functionEnvironment additional variables of the function
 */
record EmulatorOptions(
    URI endpoint,
    boolean mirroring,
    InetSocketAddress bind,
    URI advertised,
    String architecture,
    Map<String, String> functionEnvironment) {

  /** The endpoint of the emulator. */
  static final String ENDPOINT = "aws.endpoint";

  /** {@code true} if the emulator's own EC2 has traffic mirroring. */
  static final String MIRRORING = "aws.endpoint.mirroring";

  /** The {@code host:port} on which embedded EC2 listens; port 0 for a free one. */
  static final String BIND = "embedded.bind";

  /**
   * The address of embedded EC2 for the function: {@code http://host} or {@code http://host:port}.
   */
  static final String ADVERTISED = "embedded.advertised";

  /** {@code arm64} or {@code x86_64}, if it differs from this machine's architecture. */
  static final String ARCHITECTURE = "aws.endpoint.architecture";

  /** {@code NAME=VALUE} pairs, separated by commas. */
  static final String FUNCTION_ENVIRONMENT = "aws.endpoint.function-environment";

  private static final String LOOPBACK = "127.0.0.1";

  /** Copies the variables. */
  EmulatorOptions {
    functionEnvironment = Map.copyOf(functionEnvironment);
  }

  /**
   * Reads the options; empty if no endpoint is set.
   *
   * @param property the system properties
   * @throws IllegalArgumentException if a property is invalid; the message names it
   */
  static Optional<EmulatorOptions> read(Function<String, Optional<String>> property) {
    return property
        .apply(ENDPOINT)
        .map(
            endpoint ->
                new EmulatorOptions(
                    uri(ENDPOINT, endpoint),
                    property.apply(MIRRORING).filter("true"::equals).isPresent(),
                    property.apply(BIND).map(EmulatorOptions::address).orElseGet(() -> at(0)),
                    uri(ADVERTISED, property.apply(ADVERTISED).orElse("http://" + LOOPBACK)),
                    property.apply(ARCHITECTURE).orElseGet(EmulatorOptions::here),
                    property
                        .apply(FUNCTION_ENVIRONMENT)
                        .map(EmulatorOptions::variables)
                        .orElse(Map.of())));
  }

  private static InetSocketAddress at(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private static InetSocketAddress address(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "-D" + BIND + " is '" + text + "': expected host:port, 0.0.0.0:0 for a free port");
    }
    try {
      return new InetSocketAddress(
          InetAddress.getAllByName(text.substring(0, colon))[0],
          Integer.parseInt(text.substring(colon + 1)));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("-D" + BIND + " names no host: '" + text + "'", e);
    }
  }

  private static URI uri(String name, String text) {
    if (!text.matches("https?://[^/ ]+/?")) {
      throw new IllegalArgumentException(
          "-D" + name + " is '" + text + "': expected http://host or http://host:port");
    }
    return URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  private static Map<String, String> variables(String text) {
    Map<String, String> all = new TreeMap<>();
    for (String pair : text.split(",", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "-D" + FUNCTION_ENVIRONMENT + " has '" + pair + "': expected NAME=VALUE");
      }
      all.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return all;
  }

  /** This machine's architecture, as Lambda names it. */
  static String here() {
    String name = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return name.equals("aarch64") || name.equals("arm64") ? "arm64" : "x86_64";
  }

  /** The address of embedded EC2 for the function, with the given port if none is set. */
  URI advertisedWith(int port) {
    return advertised.getPort() < 0 ? URI.create(advertised + ":" + port) : advertised;
  }
}
