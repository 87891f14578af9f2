data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account = data.aws_caller_identity.current.account_id
  region  = data.aws_region.current.id
  # Built from names instead of resource attributes, so that the plan shows the role's permissions before the
  # rule and the queue exist.
  rule_arn  = "arn:${data.aws_partition.current.partition}:events:${local.region}:${local.account}:rule/${var.name}"
  queue_arn = "arn:${data.aws_partition.current.partition}:sqs:${local.region}:${local.account}:${local.queue}"
  queue     = "${var.name}-dead-letters"
}

resource "aws_cloudwatch_event_rule" "events" {
  name          = var.name
  description   = var.description
  event_pattern = var.event_pattern
  tags          = var.tags
}

resource "aws_cloudwatch_event_target" "stream" {
  rule      = aws_cloudwatch_event_rule.events.name
  target_id = "stream"
  arn       = var.stream_arn
  role_arn  = aws_iam_role.forwarding.arn

  # Without a path, EventBridge uses the event's id, and the order per instance is lost.
  kinesis_target {
    partition_key_path = var.partition_key_path
  }

  retry_policy {
    maximum_event_age_in_seconds = var.max_event_age_seconds
    maximum_retry_attempts       = var.max_retry_attempts
  }

  dead_letter_config {
    arn = aws_sqs_queue.dead_letters.arn
  }

  # EventBridge does not retry a delivery that fails because of a missing permission.
  depends_on = [aws_iam_role_policy.forwarding, aws_sqs_queue_policy.dead_letters]
}
