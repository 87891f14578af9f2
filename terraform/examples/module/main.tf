# The modules in your own configuration: launches and an hourly backfill run, without GuardDuty, on a stream of two
# shards. Outside this repository, use the source "git::https://<host>/<path>//terraform/modules/event-stream?ref=<version>"
# and your own copy of the pattern file.

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
  region = "eu-central-1"
}

locals {
  name = "mirror-example"
}

module "event_stream" {
  source = "../../modules/event-stream"

  name   = "${local.name}-events"
  mode   = "PROVISIONED"
  shards = 2
}

module "launches" {
  source = "../../modules/event-forwarding"

  name               = "${local.name}-launch"
  event_pattern      = file("${path.module}/../../patterns/instance-running.json")
  partition_key_path = "$.detail.instance-id"
  stream_arn         = module.event_stream.arn
}

module "stream_consumer" {
  source = "../../modules/stream-consumer"

  name         = local.name
  stream_arn   = module.event_stream.arn
  policy_file  = "${path.module}/mirror-policy.yaml"
  package_file = "${path.module}/../../../target/traffic-mirror-pipeline.zip"
  function     = { memory_mb = 1769, log_retention_days = 90 }
}

module "backfill" {
  source = "../../modules/backfill"

  name             = local.name
  stream_arn       = module.event_stream.arn
  policy_digest    = module.stream_consumer.policy_digest
  after            = module.stream_consumer.ready
  interval_minutes = 60
}

module "observability" {
  source = "../../modules/observability"

  name                       = local.name
  stream_name                = module.event_stream.name
  function_name              = module.stream_consumer.function_name
  alias_name                 = module.stream_consumer.alias_name
  event_source_mapping_uuids = { stream = module.stream_consumer.event_source_mapping_uuid }
  forwarding_rule_names      = { launch = module.launches.rule_name }
  schedule_group_name        = module.backfill.schedule_group_name
  schedule_name              = module.backfill.schedule_name

  dead_letter_queue_names = {
    launch   = module.launches.dead_letter_queue_name
    backfill = module.backfill.dead_letter_queue_name
  }
}

output "failure_bucket" {
  description = "Name of the bucket for the package, the policy, and failed records."
  value       = module.stream_consumer.failure_bucket
}
