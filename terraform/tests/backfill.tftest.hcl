# The backfill module alone: its schedule, role and queue.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  name          = "tmp"
  stream_arn    = "arn:aws:kinesis:us-east-1:111122223333:stream/tmp"
  policy_digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
}

run "schedule_starts_runs_immediately_and_periodically" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  assert {
    condition     = aws_scheduler_schedule.backfill.schedule_expression == "rate(360 minutes)" && aws_scheduler_schedule.backfill.start_date == null
    error_message = "Only a rate() without a start date fires on creation."
  }

  assert {
    condition     = one(aws_scheduler_schedule.backfill.flexible_time_window).mode == "OFF"
    error_message = "A flexible time window would delay the first run."
  }

  assert {
    condition     = strcontains(aws_scheduler_schedule.backfill.name, "0123456789ab")
    error_message = "The name must contain the policy's digest, so that a changed policy creates another schedule."
  }

  assert {
    condition     = length(aws_scheduler_schedule.backfill.name) <= 64
    error_message = "A schedule name must have at most 64 characters."
  }
}

run "changed_policy_creates_another_schedule" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    policy_digest = "ffffffffffff"
  }

  assert {
    condition     = strcontains(aws_scheduler_schedule.backfill.name, "ffffffffffff")
    error_message = "The name must change with the policy."
  }
}

run "longest_name_fits" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    name = "a234567890123456789012345678901234567890"
  }

  assert {
    condition     = length(aws_scheduler_schedule.backfill.name) <= 64
    error_message = "The schedule's name has ${length(aws_scheduler_schedule.backfill.name)} characters, more than the allowed 64."
  }

  assert {
    condition     = length(aws_iam_role.backfill.name) + length("ap-southeast-1") - length("us-east-1") <= 64
    error_message = "The role name is too long for IAM."
  }
}

run "puts_a_first_page_under_one_partition_key" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    page_size        = 50
    interval_minutes = 15
  }

  assert {
    condition = jsondecode(one(aws_scheduler_schedule.backfill.target).input) == {
      "source"      = "traffic-mirror-pipeline"
      "detail-type" = "Backfill Page"
      "detail" = {
        "run-id"     = "<aws.scheduler.scheduled-time>"
        "started-at" = "<aws.scheduler.scheduled-time>"
        "page-size"  = 50
      }
    }
    error_message = "Unexpected record: ${one(aws_scheduler_schedule.backfill.target).input}"
  }

  assert {
    condition     = strcontains(one(aws_scheduler_schedule.backfill.target).input, "\"<aws.scheduler.scheduled-time>\"")
    error_message = "The scheduler's placeholders must not be escaped."
  }

  assert {
    condition     = one(one(aws_scheduler_schedule.backfill.target).kinesis_parameters).partition_key == "backfill/111122223333/us-east-1"
    error_message = "All pages must have one partition key, which contains the account and the Region."
  }

  assert {
    condition     = aws_scheduler_schedule.backfill.schedule_expression == "rate(15 minutes)"
    error_message = "The interval must be the configured one."
  }

  assert {
    condition     = one(one(aws_scheduler_schedule.backfill.target).retry_policy).maximum_event_age_in_seconds == 900
    error_message = "A start must not be retried past the next one."
  }

  assert {
    condition     = one(one(aws_scheduler_schedule.backfill.target).dead_letter_config).arn == aws_sqs_queue.dead_letters.arn
    error_message = "Failed starts must go to the module's own queue."
  }
}

run "role_may_only_put_a_page_and_send_dead_letters" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  assert {
    condition = output.permissions == [
      {
        Sid      = "PutFirstPage"
        Effect   = "Allow"
        Action   = ["kinesis:PutRecord"]
        Resource = ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp"]
      },
      {
        Sid      = "SendToDeadLetterQueue"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = ["arn:aws:sqs:us-east-1:111122223333:tmp-backfill-dead-letters"]
      },
    ]
    error_message = "Unexpected permissions: ${jsonencode(output.permissions)}"
  }

  assert {
    condition = jsondecode(aws_iam_role.backfill.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = "111122223333" }
        ArnEquals    = { "aws:SourceArn" = "arn:aws:scheduler:us-east-1:111122223333:schedule-group/tmp" }
      }
    }]
    error_message = "Only schedules of this group may assume the role."
  }
}

run "sweep_schedule_puts_a_sweep_record" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    only_sweeps      = true
    interval_minutes = 60
  }

  assert {
    condition = jsondecode(one(aws_scheduler_schedule.backfill.target).input) == {
      "source"      = "traffic-mirror-pipeline"
      "detail-type" = "Target Sweep"
      "detail"      = { "run-id" = "<aws.scheduler.scheduled-time>" }
    }
    error_message = "Unexpected record: ${one(aws_scheduler_schedule.backfill.target).input}"
  }

  assert {
    condition     = one(one(aws_scheduler_schedule.backfill.target).kinesis_parameters).partition_key == "backfill/111122223333/us-east-1"
    error_message = "Sweeps and runs must share one partition key, so that they run one at a time."
  }

  assert {
    condition = (
      aws_scheduler_schedule.backfill.schedule_expression == "rate(60 minutes)" &&
      aws_scheduler_schedule.backfill.name == "tmp-sweep" &&
      aws_sqs_queue.dead_letters.name == "tmp-sweep-dead-letters" &&
      aws_iam_role.backfill.name == "tmp-sweep-us-east-1"
    )
    error_message = "Unexpected name or rate: ${aws_scheduler_schedule.backfill.name}, ${aws_scheduler_schedule.backfill.schedule_expression}"
  }

  assert {
    condition     = strcontains(aws_scheduler_schedule.backfill.description, "and nothing else")
    error_message = "The schedule's description must say that it only sweeps: ${aws_scheduler_schedule.backfill.description}"
  }

  assert {
    condition = output.permissions == [
      {
        Sid      = "PutSweep"
        Effect   = "Allow"
        Action   = ["kinesis:PutRecord"]
        Resource = ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp"]
      },
      {
        Sid      = "SendToDeadLetterQueue"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = ["arn:aws:sqs:us-east-1:111122223333:tmp-sweep-dead-letters"]
      },
    ]
    error_message = "Unexpected permissions: ${jsonencode(output.permissions)}"
  }
}

run "rejects_long_name" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    name = "a2345678901234567890123456789012345678901"
  }

  expect_failures = [var.name]
}

run "rejects_invalid_digest" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    policy_digest = "not a digest"
  }

  expect_failures = [var.policy_digest]
}

run "rejects_interval_of_14_minutes" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    interval_minutes = 14
  }

  expect_failures = [var.interval_minutes]
}

run "rejects_page_size_4" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    page_size = 4
  }

  expect_failures = [var.page_size]
}

run "rejects_page_size_1001" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    page_size = 1001
  }

  expect_failures = [var.page_size]
}
