package io.trafficmirror.terraform;

import java.nio.file.Path;

/**
 * The Terraform override files that make the configuration fit an emulator: they name every
 * attribute that moto or LocalStack loses, and why. The configuration itself makes no allowance for
 * emulators.
 */
final class EmulatorOverrides {

  /** Where they are, in the layout of {@code terraform/}. */
  static final Path FOLDER = Path.of("test-integration", "emulator-overrides").toAbsolutePath();

  private EmulatorOverrides() {}

  /**
   * Adds them to a working copy.
   *
   * @param terraform the copy of {@code terraform/}, without overrides
   */
  static void addTo(Path terraform) {
    Folders.copy(FOLDER, terraform);
  }
}
