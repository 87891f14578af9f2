package io.trafficmirror.worlds;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/** LocalStack in a container, which is stopped with the world. */
final class LocalStackServer implements AutoCloseable {

  /** A different image, for example one that requires a licence. */
  static final String IMAGE_PROPERTY = "localstack.image";

  /** The LocalStack auth token; newer images do not start without one. */
  static final String TOKEN_PROPERTY = "localstack.token";

  private static final String NAME = "localstack/localstack";

  /** The last version that runs without an account. */
  private static final String IMAGE = NAME + ":4.14.0";

  /** The host name of this machine in containers. */
  private static final String HOST = "host.docker.internal";

  private static final Path SOCKET = Path.of("/var/run/docker.sock");

  /** A strong reference, so that the level is not lost when the logger is garbage-collected. */
  private static final Logger TESTCONTAINERS = Logger.getLogger("org.testcontainers");

  private final LocalStackContainer container;

  private LocalStackServer(LocalStackContainer container) {
    this.container = container;
  }

  /** Whether a Docker engine is available. Does not try to connect if there is no sign of one. */
  static boolean isDockerAvailable() {
    if (System.getenv("DOCKER_HOST") == null && !Files.exists(SOCKET)) {
      return false;
    }
    // Testcontainers logs every strategy that it tries; the world reports the result.
    TESTCONTAINERS.setLevel(Level.OFF);
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } finally {
      TESTCONTAINERS.setLevel(Level.WARNING);
    }
  }

  /**
   * Starts LocalStack.
   *
   * @param property the system properties
   */
  static LocalStackServer start(Function<String, Optional<String>> property) {
    DockerImageName image =
        DockerImageName.parse(property.apply(IMAGE_PROPERTY).orElse(IMAGE))
            .asCompatibleSubstituteFor(NAME);
    LocalStackContainer container =
        new LocalStackContainer(image)
            .withEnv("LAMBDA_DOCKER_FLAGS", "--add-host " + HOST + ":host-gateway")
            // The package runs on any architecture, and the first start pulls the runtime's image.
            .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1")
            .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "120");
    property
        .apply(TOKEN_PROPERTY)
        .ifPresent(token -> container.withEnv("LOCALSTACK_AUTH_TOKEN", token));
    container.start();
    return new LocalStackServer(container);
  }

  /**
   * The options for LocalStack, which has no traffic mirroring; its functions use embedded EC2 on
   * this machine.
   */
  EmulatorOptions options() {
    return new EmulatorOptions(
        container.getEndpoint(),
        false,
        new InetSocketAddress("0.0.0.0", 0),
        URI.create("http://" + HOST),
        EmulatorOptions.here(),
        Map.of());
  }

  @Override
  public void close() {
    container.stop();
  }
}
