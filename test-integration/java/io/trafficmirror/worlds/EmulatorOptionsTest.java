package io.trafficmirror.worlds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EmulatorOptionsTest {

  private final Map<String, String> properties =
      new HashMap<>(Map.of(EmulatorOptions.ENDPOINT, "http://10.1.2.3:4566/"));

  @Test
  void hasNoOptionsWithoutAnEndpoint() {
    properties.clear();

    assertThat(read()).isEmpty();
  }

  @Test
  void embeddedEc2ListensOnTheLoopbackInterfaceByDefault() {
    EmulatorOptions options = read().orElseThrow();

    assertThat(options.endpoint()).isEqualTo(URI.create("http://10.1.2.3:4566"));
    assertThat(options.bind().getAddress().isLoopbackAddress()).isTrue();
    assertThat(options.advertisedWith(4599)).isEqualTo(URI.create("http://127.0.0.1:4599"));
    assertThat(options.mirroring()).isFalse();
  }

  @Test
  void advertisedPortTakesPrecedenceOverTheBoundPort() {
    properties.put(EmulatorOptions.BIND, "0.0.0.0:0");
    properties.put(EmulatorOptions.ADVERTISED, "http://gateway:80");
    EmulatorOptions options = read().orElseThrow();

    assertThat(options.bind()).isEqualTo(new InetSocketAddress("0.0.0.0", 0));
    assertThat(options.advertisedWith(4599)).isEqualTo(URI.create("http://gateway:80"));
  }

  @Test
  void readsAdditionalFunctionVariables() {
    properties.put(EmulatorOptions.FUNCTION_ENVIRONMENT, "A=b=c,D=");

    assertThat(read().orElseThrow().functionEnvironment()).isEqualTo(Map.of("A", "b=c", "D", ""));
  }

  @Test
  void namesAnInvalidProperty() {
    for (String name :
        new String[] {
          EmulatorOptions.BIND, EmulatorOptions.ADVERTISED, EmulatorOptions.FUNCTION_ENVIRONMENT
        }) {
      properties.put(name, "nonsense");

      assertThatIllegalArgumentException()
          .isThrownBy(this::read)
          .withMessageContainingAll(name, "nonsense");
      properties.remove(name);
    }
  }

  private Optional<EmulatorOptions> read() {
    return EmulatorOptions.read(name -> Optional.ofNullable(properties.get(name)));
  }
}
