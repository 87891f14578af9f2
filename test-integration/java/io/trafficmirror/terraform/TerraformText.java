package io.trafficmirror.terraform;

/** What Terraform writes for people, made comparable. */
final class TerraformText {

  private TerraformText() {}

  /** The text without the frames and line breaks that Terraform puts into its messages. */
  static String plain(String output) {
    return output.replaceAll("[│╷╵]", " ").replaceAll("\\s+", " ").strip();
  }
}
