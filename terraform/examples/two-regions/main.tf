# One deployment in each of two Regions. Each has its own policy, because filters and targets are regional. The module
# region/ contains the resources of one Region and receives its provider from here.

terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100, < 7.0"
    }
  }
}

provider "aws" {
  alias  = "frankfurt"
  region = "eu-central-1"
}

provider "aws" {
  alias  = "ireland"
  region = "eu-west-1"
}

module "frankfurt" {
  source    = "./region"
  providers = { aws = aws.frankfurt }

  name        = "mirror-both"
  policy_file = "${path.module}/eu-central-1.yaml"
}

module "ireland" {
  source    = "./region"
  providers = { aws = aws.ireland }

  name        = "mirror-both"
  policy_file = "${path.module}/eu-west-1.yaml"
}

output "streams" {
  description = "ARNs of the streams, by Region."
  value = {
    eu-central-1 = module.frankfurt.stream_arn
    eu-west-1    = module.ireland.stream_arn
  }
}
