# Credentials and endpoints come from AWS's standard settings.
provider "aws" {
  region = var.region
}
