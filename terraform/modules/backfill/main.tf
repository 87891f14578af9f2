data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.id
  purpose   = var.only_sweeps ? "sweep" : "backfill"
  queue     = "${var.name}-${local.purpose}-dead-letters"

  # The account and Region whose instances the records cover.
  partition_key = "backfill/${local.account}/${local.region}"

  # Built from names instead of resource attributes, so that the plan shows the role's permissions.
  group_arn = "arn:${local.partition}:scheduler:${local.region}:${local.account}:schedule-group/${var.name}"
  queue_arn = "arn:${local.partition}:sqs:${local.region}:${local.account}:${local.queue}"

  first_page = {
    "source"      = "traffic-mirror-pipeline"
    "detail-type" = "Backfill Page"
    "detail" = {
      "run-id"     = "<aws.scheduler.scheduled-time>"
      "started-at" = "<aws.scheduler.scheduled-time>"
      "page-size"  = var.page_size
    }
  }
  sweep = {
    "source"      = "traffic-mirror-pipeline"
    "detail-type" = "Target Sweep"
    "detail" = {
      "run-id" = "<aws.scheduler.scheduled-time>"
    }
  }
  record = var.only_sweeps ? jsonencode(local.sweep) : jsonencode(local.first_page)
  # jsonencode escapes the angle brackets, and the scheduler does not recognise its placeholders in that form.
  input = replace(replace(local.record, "\\u003c", "<"), "\\u003e", ">")

  description = (
    var.only_sweeps
    ? "Removes unused targets on demand, and nothing else, now and every ${var.interval_minutes} minutes."
    : "Starts a backfill run, now and every ${var.interval_minutes} minutes."
  )
}

resource "aws_scheduler_schedule_group" "backfill" {
  name = var.name
  tags = var.tags
}

# A rate() schedule without a start date fires when it is created. Its name contains the policy's digest, so a
# changed policy creates a new schedule, which starts a run immediately. Sweeps do not depend on the policy's digest.
resource "aws_scheduler_schedule" "backfill" {
  name                = join("-", compact([var.name, local.purpose, var.only_sweeps ? null : substr(var.policy_digest, 0, 12)]))
  group_name          = aws_scheduler_schedule_group.backfill.name
  description         = local.description
  schedule_expression = "rate(${var.interval_minutes} minutes)"

  flexible_time_window {
    mode = "OFF"
  }

  target {
    arn      = var.stream_arn
    role_arn = aws_iam_role.backfill.arn
    input    = local.input

    # One key for all pages and sweeps, so that copies and concurrent runs meet in one shard lane.
    kinesis_parameters {
      partition_key = local.partition_key
    }

    # Do not retry past the next scheduled start.
    retry_policy {
      maximum_event_age_in_seconds = min(var.interval_minutes * 60, 86400)
      maximum_retry_attempts       = 185
    }

    dead_letter_config {
      arn = aws_sqs_queue.dead_letters.arn
    }
  }

  # It fires immediately, so its role and the consumer must exist first.
  depends_on = [aws_iam_role_policy.backfill, var.after]
}
