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

run "rule_keeps_order_per_instance_and_retries" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  assert {
    condition     = one(aws_cloudwatch_event_target.stream.kinesis_target).partition_key_path == "$.detail.instance-id"
    error_message = "The partition key must be the instance id."
  }

  assert {
    condition = (
      one(aws_cloudwatch_event_target.stream.retry_policy).maximum_event_age_in_seconds == 86400
      && one(aws_cloudwatch_event_target.stream.retry_policy).maximum_retry_attempts == 185
    )
    error_message = "EventBridge must retry for the maximum time."
  }

  assert {
    condition     = one(aws_cloudwatch_event_target.stream.dead_letter_config).arn == aws_sqs_queue.dead_letters.arn
    error_message = "Undelivered events must go to the module's own queue."
  }

  assert {
    condition = (
      aws_sqs_queue.dead_letters.sqs_managed_sse_enabled
      && aws_sqs_queue.dead_letters.fifo_queue != true
      && aws_sqs_queue.dead_letters.message_retention_seconds == 1209600
    )
    error_message = "The queue must be a standard queue, encrypted, with a retention of 14 days."
  }
}

run "rule_role_may_only_put_on_the_stream" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  assert {
    condition = output.permissions == [{
      Sid      = "PutEvents"
      Effect   = "Allow"
      Action   = ["kinesis:PutRecord"]
      Resource = ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp"]
    }]
    error_message = "Unexpected permissions: ${jsonencode(output.permissions)}"
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
    error_message = "Only this rule may assume the role."
  }
}

run "customer_managed_key_is_granted" {
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
    error_message = "The role must use the key only through Kinesis."
  }
}

run "queue_accepts_only_this_rule_over_tls" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  assert {
    condition = [for s in jsondecode(aws_sqs_queue_policy.dead_letters.policy).Statement : [s.Effect, s.Action, s.Resource, s.Condition]] == [
      ["Allow", "sqs:SendMessage", "arn:aws:sqs:us-east-1:111122223333:tmp-launch-dead-letters", { ArnEquals = { "aws:SourceArn" = "arn:aws:events:us-east-1:111122223333:rule/tmp-launch" } }],
      ["Deny", "sqs:*", "arn:aws:sqs:us-east-1:111122223333:tmp-launch-dead-letters", { Bool = { "aws:SecureTransport" = "false" } }],
    ]
    error_message = "Unexpected queue policy: ${aws_sqs_queue_policy.dead_letters.policy}"
  }
}

run "role_has_the_permissions_boundary" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    permissions_boundary_arn = "arn:aws:iam::111122223333:policy/boundary"
  }

  assert {
    condition     = aws_iam_role.forwarding.permissions_boundary == "arn:aws:iam::111122223333:policy/boundary"
    error_message = "The role must have the permissions boundary."
  }
}

run "rejects_long_name" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    name = "a2345678901234567890123456789012345678901234567890"
  }

  expect_failures = [var.name]
}

run "rejects_pattern_that_is_not_an_object" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    event_pattern = "[1]"
  }

  expect_failures = [var.event_pattern]
}

run "rejects_pattern_over_2048_characters" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    event_pattern = jsonencode({ source = [for i in range(500) : "source-${i}"] })
  }

  expect_failures = [var.event_pattern]
}

run "rejects_partition_key_that_is_not_a_path" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    partition_key_path = "detail.instance-id"
  }

  expect_failures = [var.partition_key_path]
}

run "rejects_too_low_event_age" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    max_event_age_seconds = 59
  }

  expect_failures = [var.max_event_age_seconds]
}

run "rejects_too_many_attempts" {
  command = plan

  module {
    source = "./modules/event-forwarding"
  }

  variables {
    max_retry_attempts = 186
  }

  expect_failures = [var.max_retry_attempts]
}
