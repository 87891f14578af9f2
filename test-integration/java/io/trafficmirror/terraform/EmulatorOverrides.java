package io.trafficmirror.terraform;

import java.nio.file.Path;

/**
 * The Terraform override files that adapt the configuration to emulators. They contain every
 * attribute that moto or LocalStack loses, with the reason. The configuration itself contains no
 * workarounds for emulators.
 */
final class EmulatorOverrides {

  /** The folder of the override files, with the layout of {@code terraform/}. */
  static final Path FOLDER = Path.of("test-integration", "emulator-overrides").toAbsolutePath();

  private EmulatorOverrides() {}

  /**
   * Adds the override files to a working copy.
   *
   * @param terraform the copy of {@code terraform/}, without overrides
   */
  static void addTo(Path terraform) {
    Folders.copy(FOLDER, terraform);
  }
}
