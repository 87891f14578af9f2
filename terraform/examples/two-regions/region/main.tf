terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100"
    }
  }
}

variable "name" {
  description = "Name of the deployment."
  type        = string
}

variable "policy_file" {
  description = "Path of the Region's mirror policy."
  type        = string
}

module "event_stream" {
  source = "../../../modules/event-stream"

  name = "${var.name}-events"
}

module "launches" {
  source = "../../../modules/event-forwarding"

  name               = "${var.name}-launch"
  event_pattern      = file("${path.module}/../../../patterns/instance-running.json")
  partition_key_path = "$.detail.instance-id"
  stream_arn         = module.event_stream.arn
}

module "stream_consumer" {
  source = "../../../modules/stream-consumer"

  name         = var.name
  stream_arn   = module.event_stream.arn
  policy_file  = var.policy_file
  package_file = "${path.module}/../../../../target/traffic-mirror-pipeline.zip"
}

module "backfill" {
  source = "../../../modules/backfill"

  name          = var.name
  stream_arn    = module.event_stream.arn
  policy_digest = module.stream_consumer.policy_digest
  after         = module.stream_consumer.ready
}

output "stream_arn" {
  description = "ARN of the stream."
  value       = module.event_stream.arn
}
