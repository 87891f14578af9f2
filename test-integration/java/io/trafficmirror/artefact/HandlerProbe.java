package io.trafficmirror.artefact;

/**
 * The main class of a process whose classpath contains only the package's jars: creates the handler
 * as Lambda does.
 */
final class HandlerProbe {

  private HandlerProbe() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    Class.forName(arguments[0]).getConstructor().newInstance();
  }
}
