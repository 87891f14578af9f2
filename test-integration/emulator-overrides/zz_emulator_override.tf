# Everything in the configuration that an emulator loses or gets wrong, as Terraform override files in
# the layout of terraform/. The test harness copies them over the working copy that it deploys to moto
# or LocalStack; terraform/ itself makes no allowance for emulators. Each entry names the attribute and
# the reason, so that it can go when the emulator has caught up.

# An emulator has no host name per bucket.
provider "aws" {
  s3_use_path_style = true
}
