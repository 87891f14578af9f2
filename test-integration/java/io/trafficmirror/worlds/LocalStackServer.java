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

/** LocalStack in a container that ends with the world. */
final class LocalStackServer implements AutoCloseable {

  /** Another image, one that asks for a licence for example. */
  static final String IMAGE_PROPERTY = "localstack.image";

  /** The token of whoever has a licence; newer images do not start without one. */
  static final String TOKEN_PROPERTY = "localstack.token";

  private static final String NAME = "localstack/localstack";

  /** The last one that runs without an account. */
  private static final String IMAGE = NAME + ":4.14.0";

  /** This machine, as containers know it. */
  private static final String HOST = "host.docker.internal";

  private static final Path SOCKET = Path.of("/var/run/docker.sock");

  /** Held, so that its level lasts. */
  private static final Logger TESTCONTAINERS = Logger.getLogger("org.testcontainers");

  private final LocalStackContainer container;

  private LocalStackServer(LocalStackContainer container) {
    this.container = container;
  }

  /** Whether a Docker engine answers. Where there is no trace of one, nothing is asked. */
  static boolean dockerIsThere() {
    if (System.getenv("DOCKER_HOST") == null && !Files.exists(SOCKET)) {
      return false;
    }
    // It says at length where it has looked; that there is none is said by the world.
    TESTCONTAINERS.setLevel(Level.OFF);
    try {
      return DockerClientFactory.instance().isDockerAvailable();
    } finally {
      TESTCONTAINERS.setLevel(Level.WARNING);
    }
  }

  /**
   * Starts it.
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
            // The package runs on any machine, and a first start pulls the image of the runtime.
            .withEnv("LAMBDA_IGNORE_ARCHITECTURE", "1")
            .withEnv("LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT", "120");
    property
        .apply(TOKEN_PROPERTY)
        .ifPresent(token -> container.withEnv("LOCALSTACK_AUTH_TOKEN", token));
    container.start();
    return new LocalStackServer(container);
  }

  /** It has no traffic mirroring; its functions find embedded EC2 on this machine. */
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
