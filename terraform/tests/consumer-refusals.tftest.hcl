# What the consumer module refuses; what it says then is tested with the messages in mind, in Java.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  name         = "tmp"
  stream_arn   = "arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events"
  policy_file  = "./tests/policies/fixed.yaml"
  package_file = "./terraform.tf"
}

run "a_policy_that_is_not_there_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/none.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "an_empty_policy_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/empty.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "a_policy_that_is_not_yaml_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/not-yaml.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "a_policy_that_is_no_mapping_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/no-mapping.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "a_policy_without_an_entry_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/no-entry.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "an_unknown_section_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/unknown-section.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "a_section_that_is_no_list_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/no-list.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "entries_with_something_wrong_are_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/problems.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "a_policy_with_more_ids_than_fit_into_a_role_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/too-many.yaml"
  }

  expect_failures = [aws_iam_role_policy.consumer]
}

run "a_package_that_is_not_there_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    package_file = "./none.zip"
  }

  expect_failures = [aws_s3_object.package]
}

run "a_package_of_other_sources_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    package_file   = "./tests/packages/package.zip"
    sources_digest = "another"
  }

  expect_failures = [aws_s3_object.package]
}

run "a_package_whose_sources_nobody_knows_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    sources_digest = "another"
  }

  expect_failures = [aws_s3_object.package]
}

run "a_long_name_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    name = "a2345678901234567890123456789012345678901"
  }

  expect_failures = [var.name]
}

run "a_batch_of_none_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    batching = { size = 0 }
  }

  expect_failures = [var.batching]
}

run "a_window_of_301_seconds_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    batching = { window_seconds = 301 }
  }

  expect_failures = [var.batching]
}

run "eleven_batches_at_once_are_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    batching = { parallelization_factor = 11 }
  }

  expect_failures = [var.batching]
}

run "a_record_age_of_59_seconds_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    batching = { max_record_age_seconds = 59 }
  }

  expect_failures = [var.batching]
}

run "too_little_memory_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { memory_mb = 128 }
  }

  expect_failures = [var.function]
}

run "an_unknown_architecture_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { architecture = "sparc" }
  }

  expect_failures = [var.function]
}

run "a_timeout_of_901_seconds_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { timeout_seconds = 901 }
  }

  expect_failures = [var.function]
}

run "a_log_retention_that_cloudwatch_does_not_know_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { log_retention_days = 31 }
  }

  expect_failures = [var.function]
}

run "an_unknown_log_level_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { log_level = "DEBUG" }
  }

  expect_failures = [var.function]
}

run "a_namespace_of_awss_own_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { metrics_namespace = "AWS/Lambda" }
  }

  expect_failures = [var.function]
}

run "more_than_an_hour_for_one_instance_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { instance_retry_seconds = 3601 }
  }

  expect_failures = [var.function]
}

run "an_instance_that_is_tried_longer_than_its_record_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { instance_retry_seconds = 120 }
    batching = { max_record_age_seconds = 120 }
  }

  expect_failures = [var.function]
}

run "no_write_in_flight_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { writes_in_flight = 0 }
  }

  expect_failures = [var.function]
}

run "a_run_of_no_pages_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { run_max_pages = 0 }
  }

  expect_failures = [var.function]
}

run "a_run_of_more_than_a_week_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { run_max_hours = 169 }
  }

  expect_failures = [var.function]
}

run "a_reserve_of_none_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { reserved_concurrency = 0 }
  }

  expect_failures = [var.function]
}

run "a_vpc_without_security_groups_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { vpc = { subnet_ids = ["subnet-f"], security_group_ids = [] } }
  }

  expect_failures = [var.function]
}

run "a_vpc_with_the_wrong_ids_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { vpc = { subnet_ids = ["sg-f"], security_group_ids = ["subnet-f"] } }
  }

  expect_failures = [var.function]
}

run "a_setting_through_the_back_door_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { environment = { MIRROR_DRY_RUN = "true" } }
  }

  expect_failures = [var.function]
}

run "a_variable_that_lambda_keeps_for_itself_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { environment = { AWS_REGION = "eu-central-1" } }
  }

  expect_failures = [var.function]
}

run "failures_that_are_kept_for_no_day_are_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    failure_retention_days = 0
  }

  expect_failures = [var.failure_retention_days]
}

run "no_launch_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { launches_per_invocation = 0 }
  }

  expect_failures = [var.targets_on_demand]
}

run "more_than_50_launches_are_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { launches_per_invocation = 51 }
  }

  expect_failures = [var.targets_on_demand]
}

run "a_sweep_after_9_minutes_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { sweep_after_minutes = 9 }
  }

  expect_failures = [var.targets_on_demand]
}

run "a_sweep_after_more_than_a_week_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { sweep_after_minutes = 10081 }
  }

  expect_failures = [var.targets_on_demand]
}

run "a_sweep_of_nothing_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { sweep_limit = 0 }
  }

  expect_failures = [var.targets_on_demand]
}

run "a_sweep_of_101_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { sweep_limit = 101 }
  }

  expect_failures = [var.targets_on_demand]
}

run "a_type_in_place_of_a_family_is_refused" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { more_source_families = ["m9g.large"] }
  }

  expect_failures = [var.targets_on_demand]
}
