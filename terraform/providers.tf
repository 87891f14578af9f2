# Credentials and endpoints come from the standard AWS settings.
provider "aws" {
  region = var.region
}
