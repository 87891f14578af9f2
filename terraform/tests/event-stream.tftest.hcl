# The stream module alone: what it makes, and what it refuses.

mock_provider "aws" {}

run "a_stream_is_on_demand_keeps_a_day_and_is_encrypted" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name = "tmp-events"
  }

  assert {
    condition     = one(aws_kinesis_stream.events.stream_mode_details).stream_mode == "ON_DEMAND"
    error_message = "Without a word about shards AWS should find their number."
  }

  assert {
    condition     = aws_kinesis_stream.events.retention_period == 24
    error_message = "More than a day of retention costs extra, so nobody should get it unasked."
  }

  assert {
    condition     = aws_kinesis_stream.events.encryption_type == "KMS" && aws_kinesis_stream.events.kms_key_id == "alias/aws/kinesis"
    error_message = "The records should be encrypted with the key that AWS keeps for Kinesis."
  }
}

run "a_stream_carries_the_deployments_tag" {
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
    error_message = "The stream should be tagged like everything else."
  }
}

run "a_provisioned_stream_has_its_shards_and_key" {
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
    error_message = "The stream should have the shards and the retention that were asked for."
  }

  assert {
    condition     = aws_kinesis_stream.events.kms_key_id == var.kms_key_arn
    error_message = "The stream should be encrypted with the key that was named."
  }
}

run "a_name_with_a_space_is_refused" {
  command = plan

  module {
    source = "./modules/event-stream"
  }

  variables {
    name = "tmp events"
  }

  expect_failures = [var.name]
}

run "an_unknown_mode_is_refused" {
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

run "a_provisioned_stream_without_shards_is_refused" {
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

run "shards_of_a_stream_on_demand_are_refused" {
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

run "half_a_shard_is_refused" {
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

run "less_than_a_day_of_retention_is_refused" {
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

run "more_than_a_year_of_retention_is_refused" {
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

run "an_alias_of_a_key_is_refused" {
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
