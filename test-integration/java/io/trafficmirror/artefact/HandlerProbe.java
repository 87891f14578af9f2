package io.trafficmirror.artefact;

/**
 * Run in a process of its own, on nothing but what the package holds: makes the handler as Lambda
 * does.
 */
final class HandlerProbe {

  private HandlerProbe() {}

  public static void main(String[] arguments) throws ReflectiveOperationException {
    Class.forName(arguments[0]).getConstructor().newInstance();
  }
}
