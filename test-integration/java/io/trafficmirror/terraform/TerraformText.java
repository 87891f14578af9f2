package io.trafficmirror.terraform;

/** Normalises Terraform's messages for comparison. */
final class TerraformText {

  private TerraformText() {}

  /** The text without the frames and line breaks of Terraform's messages. */
  static String plain(String output) {
    return output.replaceAll("[│╷╵]", " ").replaceAll("\\s+", " ").strip();
  }
}
