# The backfill module alone: a schedule that starts a run when it is made, and its role and queue.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  name          = "tmp"
  stream_arn    = "arn:aws:kinesis:us-east-1:111122223333:stream/tmp"
  policy_digest = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
}

run "a_schedule_starts_a_run_when_it_is_made_and_again_and_again" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  assert {
    condition     = aws_scheduler_schedule.backfill.schedule_expression == "rate(360 minutes)" && aws_scheduler_schedule.backfill.start_date == null
    error_message = "Only a rate() without a start date fires when it is made."
  }

  assert {
    condition     = one(aws_scheduler_schedule.backfill.flexible_time_window).mode == "OFF"
    error_message = "A window would put the first run off."
  }

  assert {
    condition     = strcontains(aws_scheduler_schedule.backfill.name, "0123456789ab")
    error_message = "The name has to hold the policy's digest, so that another policy makes another schedule."
  }

  assert {
    condition     = length(aws_scheduler_schedule.backfill.name) <= 64
    error_message = "The scheduler takes names of at most 64 characters."
  }
}

run "another_policy_is_another_schedule" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    policy_digest = "ffffffffffff"
  }

  assert {
    condition     = strcontains(aws_scheduler_schedule.backfill.name, "ffffffffffff")
    error_message = "The name has to change with the policy."
  }
}

run "the_longest_name_still_fits" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    name = "a234567890123456789012345678901234567890"
  }

  assert {
    condition     = length(aws_scheduler_schedule.backfill.name) <= 64
    error_message = "The schedule's name has ${length(aws_scheduler_schedule.backfill.name)} characters: the scheduler takes 64."
  }

  assert {
    condition     = length(aws_iam_role.backfill.name) + length("ap-southeast-1") - length("us-east-1") <= 64
    error_message = "The role's name is too long for IAM."
  }
}

run "what_it_puts_is_a_first_page_under_one_key" {
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
    error_message = "The record is another one: ${one(aws_scheduler_schedule.backfill.target).input}"
  }

  assert {
    condition     = strcontains(one(aws_scheduler_schedule.backfill.target).input, "\"<aws.scheduler.scheduled-time>\"")
    error_message = "The scheduler knows its own words only as they are, not as escapes."
  }

  assert {
    condition     = one(one(aws_scheduler_schedule.backfill.target).kinesis_parameters).partition_key == "backfill/111122223333/us-east-1"
    error_message = "All pages have one partition key, which names the account and the region."
  }

  assert {
    condition     = aws_scheduler_schedule.backfill.schedule_expression == "rate(15 minutes)"
    error_message = "The interval should be the one asked for."
  }

  assert {
    condition     = one(one(aws_scheduler_schedule.backfill.target).retry_policy).maximum_event_age_in_seconds == 900
    error_message = "A start that is older than the next one is of no use."
  }

  assert {
    condition     = one(one(aws_scheduler_schedule.backfill.target).dead_letter_config).arn == aws_sqs_queue.dead_letters.arn
    error_message = "What cannot be put should go to the module's own queue."
  }
}

run "its_role_puts_a_page_keeps_what_fails_and_does_nothing_else" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  assert {
    condition = output.permissions == [
      {
        Sid      = "PutTheFirstPageOnTheStream"
        Effect   = "Allow"
        Action   = ["kinesis:PutRecord"]
        Resource = ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp"]
      },
      {
        Sid      = "KeepWhatCannotBeDelivered"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = ["arn:aws:sqs:us-east-1:111122223333:tmp-backfill-dead-letters"]
      },
    ]
    error_message = "The role may do something else: ${jsonencode(output.permissions)}"
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
    error_message = "Nobody but schedules of this group should get the role."
  }
}

run "a_schedule_that_only_sweeps_puts_a_sweep_and_is_called_so" {
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
    error_message = "It puts something else: ${one(aws_scheduler_schedule.backfill.target).input}"
  }

  assert {
    condition     = one(one(aws_scheduler_schedule.backfill.target).kinesis_parameters).partition_key == "backfill/111122223333/us-east-1"
    error_message = "Sweeps have to meet runs in one place, so that there is one at a time."
  }

  assert {
    condition = (
      aws_scheduler_schedule.backfill.schedule_expression == "rate(60 minutes)" &&
      aws_scheduler_schedule.backfill.name == "tmp-sweep" &&
      aws_sqs_queue.dead_letters.name == "tmp-sweep-dead-letters" &&
      aws_iam_role.backfill.name == "tmp-sweep-us-east-1"
    )
    error_message = "It has another name or rate: ${aws_scheduler_schedule.backfill.name}, ${aws_scheduler_schedule.backfill.schedule_expression}"
  }

  assert {
    condition     = strcontains(aws_scheduler_schedule.backfill.description, "and nothing else")
    error_message = "The plan should say that the schedule only sweeps: ${aws_scheduler_schedule.backfill.description}"
  }

  assert {
    condition = output.permissions == [
      {
        Sid      = "PutASweepOnTheStream"
        Effect   = "Allow"
        Action   = ["kinesis:PutRecord"]
        Resource = ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp"]
      },
      {
        Sid      = "KeepWhatCannotBeDelivered"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = ["arn:aws:sqs:us-east-1:111122223333:tmp-sweep-dead-letters"]
      },
    ]
    error_message = "The role may do something else: ${jsonencode(output.permissions)}"
  }
}

run "a_long_name_is_refused" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    name = "a2345678901234567890123456789012345678901"
  }

  expect_failures = [var.name]
}

run "a_digest_that_is_none_is_refused" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    policy_digest = "not a digest"
  }

  expect_failures = [var.policy_digest]
}

run "runs_every_14_minutes_are_refused" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    interval_minutes = 14
  }

  expect_failures = [var.interval_minutes]
}

run "a_page_of_4_is_refused" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    page_size = 4
  }

  expect_failures = [var.page_size]
}

run "a_page_of_1001_is_refused" {
  command = plan

  module {
    source = "./modules/backfill"
  }

  variables {
    page_size = 1001
  }

  expect_failures = [var.page_size]
}
