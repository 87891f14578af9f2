# The forwarding module alone: one rule, its target, its queue and its role.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  name               = "tmp-launch"
  event_pattern      = "{\"source\":[\"aws.ec2\"]}"
  partition_key_path = "$.detail.instance-id"
  stream_arn         = "arn:aws:kinesis:us-east-1:111122223333:stream/tmp"
}

run "a_rule_forwards_in_the_order_of_each_instance_and_loses_nothing" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  assert {
    condition     = one(aws_cloudwatch_event_target.stream.kinesis_target).partition_key_path == "$.detail.instance-id"
    error_message = "The partition key has to be the instance's id."
  }

  assert {
    condition = (
      one(aws_cloudwatch_event_target.stream.retry_policy).maximum_event_age_in_seconds == 86400
      && one(aws_cloudwatch_event_target.stream.retry_policy).maximum_retry_attempts == 185
    )
    error_message = "EventBridge should try for as long as it can."
  }

  assert {
    condition     = one(aws_cloudwatch_event_target.stream.dead_letter_config).arn == aws_sqs_queue.dead_letters.arn
    error_message = "What cannot be delivered should go to the module's own queue."
  }

  assert {
    condition = (
      aws_sqs_queue.dead_letters.sqs_managed_sse_enabled
      && aws_sqs_queue.dead_letters.fifo_queue != true
      && aws_sqs_queue.dead_letters.message_retention_seconds == 1209600
    )
    error_message = "The queue should be a standard one, encrypted, and keep events for 14 days."
  }
}

run "the_rules_role_puts_on_the_stream_and_does_nothing_else" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  assert {
    condition = output.permissions == [{
      Sid      = "PutEventsOnTheStream"
      Effect   = "Allow"
      Action   = ["kinesis:PutRecord"]
      Resource = ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp"]
    }]
    error_message = "The role may do something else: ${jsonencode(output.permissions)}"
  }

  assert {
    condition = jsondecode(aws_iam_role.forwarding.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = "111122223333" }
        ArnEquals    = { "aws:SourceArn" = "arn:aws:events:us-east-1:111122223333:rule/tmp-launch" }
      }
    }]
    error_message = "Nobody but this rule should get the role."
  }
}

run "a_stream_with_a_key_of_its_own_needs_that_key" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    stream_kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/k"
  }

  assert {
    condition = output.permissions[1] == {
      Sid      = "EncryptEvents"
      Effect   = "Allow"
      Action   = ["kms:GenerateDataKey"]
      Resource = ["arn:aws:kms:us-east-1:111122223333:key/k"]
      Condition = {
        StringEquals = { "kms:ViaService" = "kinesis.us-east-1.amazonaws.com" }
      }
    } && length(output.permissions) == 2
    error_message = "The role should use the key through Kinesis, and get nothing else."
  }
}

run "the_queue_takes_from_this_rule_and_over_tls_only" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  assert {
    condition = [for s in jsondecode(aws_sqs_queue_policy.dead_letters.policy).Statement : [s.Effect, s.Action, s.Resource, s.Condition]] == [
      ["Allow", "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:tmp-launch-dead-letters", { ArnEquals = { "aws:SourceArn" = "arn:aws:events:us-east-1:111122223333:rule/tmp-launch" } }],
      ["Deny", "sqs:*", "arn:aws:sqs:us-east-1:111122223333:tmp-launch-dead-letters", { Bool = { "aws:SecureTransport" = "false" } }],
    ]
    error_message = "The queue's policy says something else: ${aws_sqs_queue_policy.dead_letters.policy}"
  }
}

run "a_boundary_bounds_the_role" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    permissions_boundary_arn = "arn:aws:iam::111122223333:policy/boundary"
  }

  assert {
    condition     = aws_iam_role.forwarding.permissions_boundary == "arn:aws:iam::111122223333:policy/boundary"
    error_message = "The role should have the boundary."
  }
}

run "a_long_name_is_refused" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    name = "a2345678901234567890123456789012345678901234567890"
  }

  expect_failures = [var.name]
}

run "a_pattern_that_is_no_object_is_refused" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    event_pattern = "[1]"
  }

  expect_failures = [var.event_pattern]
}

run "a_pattern_that_eventbridge_does_not_take_is_refused" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    event_pattern = jsonencode({ source = [for i in range(500) : "source-${i}"] })
  }

  expect_failures = [var.event_pattern]
}

run "a_partition_key_that_is_no_path_is_refused" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    partition_key_path = "detail.instance-id"
  }

  expect_failures = [var.partition_key_path]
}

run "too_young_an_age_is_refused" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    max_event_age_seconds = 59
  }

  expect_failures = [var.max_event_age_seconds]
}

run "too_many_attempts_are_refused" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    max_retry_attempts = 186
  }

  expect_failures = [var.max_retry_attempts]
}
