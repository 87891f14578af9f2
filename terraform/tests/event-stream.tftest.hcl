# The stream module alone: the stream, and the inputs that the module rejects.

mock_provider "aws" {}

run "default_stream_is_on_demand_and_encrypted" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name = "tmp-events"
  }

  assert {
    condition     = one(aws_kinesis_stream.events.stream_mode_details).stream_mode == "ON_DEMAND"
    error_message = "The default stream must be on demand."
  }

  assert {
    condition     = aws_kinesis_stream.events.retention_period == 24
    error_message = "The default retention must be one day, because more costs extra."
  }

  assert {
    condition     = aws_kinesis_stream.events.encryption_type == "KMS" && aws_kinesis_stream.events.kms_key_id == "alias/aws/kinesis"
    error_message = "The records must be encrypted with the AWS managed key for Kinesis."
  }
}

run "stream_has_the_deployment_tag" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name = "tmp-events"
    tags = { "traffic-mirror-pipeline:deployment" = "tmp" }
  }

  assert {
    condition     = aws_kinesis_stream.events.tags == tomap({ "traffic-mirror-pipeline:deployment" = "tmp" })
    error_message = "The stream must have the deployment tag."
  }
}

run "provisioned_stream_has_its_shards_and_key" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name            = "tmp-events"
    mode            = "PROVISIONED"
    shards          = 4
    retention_hours = 168
    kms_key_arn     = "arn:aws:kms:us-east-1:111122223333:key/12345678-1234-1234-1234-123456789012"
  }

  assert {
    condition     = aws_kinesis_stream.events.shard_count == 4 && aws_kinesis_stream.events.retention_period == 168
    error_message = "The stream must have the configured shards and retention."
  }

  assert {
    condition     = aws_kinesis_stream.events.kms_key_id == var.kms_key_arn
    error_message = "The stream must be encrypted with the configured key."
  }
}

run "rejects_name_with_a_space" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name = "tmp events"
  }

  expect_failures = [var.name]
}

run "rejects_unknown_mode" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name = "tmp-events"
    mode = "SOMETIMES"
  }

  expect_failures = [var.mode]
}

run "rejects_provisioned_stream_without_shards" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name = "tmp-events"
    mode = "PROVISIONED"
  }

  expect_failures = [var.shards]
}

run "rejects_shards_of_an_on_demand_stream" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name   = "tmp-events"
    shards = 2
  }

  expect_failures = [var.shards]
}

run "rejects_fractional_shards" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name   = "tmp-events"
    mode   = "PROVISIONED"
    shards = 1.5
  }

  expect_failures = [var.shards]
}

run "rejects_retention_of_less_than_a_day" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name            = "tmp-events"
    retention_hours = 23
  }

  expect_failures = [var.retention_hours]
}

run "rejects_retention_of_more_than_a_year" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name            = "tmp-events"
    retention_hours = 8761
  }

  expect_failures = [var.retention_hours]
}

run "rejects_key_alias" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name        = "tmp-events"
    kms_key_arn = "arn:aws:kms:us-east-1:111122223333:alias/mine"
  }

  expect_failures = [var.kms_key_arn]
}
