# Inputs that the consumer module rejects. The Java tests check the error messages.

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

run "rejects_missing_policy" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/none.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "rejects_empty_policy" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/empty.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "rejects_policy_that_is_not_yaml" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/not-yaml.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "rejects_policy_that_is_not_a_mapping" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/no-mapping.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "rejects_policy_without_entries" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/no-entry.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "rejects_unknown_section" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/unknown-section.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "rejects_section_that_is_not_a_list" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/no-list.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "rejects_invalid_entries" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/problems.yaml"
  }

  expect_failures = [aws_s3_object.policy]
}

run "rejects_policy_too_large_for_one_role" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/too-many.yaml"
  }

  expect_failures = [aws_iam_role_policy.consumer]
}

run "rejects_missing_package" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    package_file = "./none.zip"
  }

  expect_failures = [aws_s3_object.package]
}

run "rejects_package_of_other_sources" {
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

run "rejects_package_without_digest" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    sources_digest = "another"
  }

  expect_failures = [aws_s3_object.package]
}

run "rejects_long_name" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    name = "a2345678901234567890123456789012345678901"
  }

  expect_failures = [var.name]
}

run "rejects_batch_size_0" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    batching = { size = 0 }
  }

  expect_failures = [var.batching]
}

run "rejects_window_of_301_seconds" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    batching = { window_seconds = 301 }
  }

  expect_failures = [var.batching]
}

run "rejects_parallelization_factor_11" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    batching = { parallelization_factor = 11 }
  }

  expect_failures = [var.batching]
}

run "rejects_record_age_of_59_seconds" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    batching = { max_record_age_seconds = 59 }
  }

  expect_failures = [var.batching]
}

run "rejects_too_little_memory" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { memory_mb = 128 }
  }

  expect_failures = [var.function]
}

run "rejects_unknown_architecture" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { architecture = "sparc" }
  }

  expect_failures = [var.function]
}

run "rejects_timeout_of_901_seconds" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { timeout_seconds = 901 }
  }

  expect_failures = [var.function]
}

run "rejects_unsupported_log_retention" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { log_retention_days = 31 }
  }

  expect_failures = [var.function]
}

run "rejects_unknown_log_level" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { log_level = "DEBUG" }
  }

  expect_failures = [var.function]
}

run "rejects_aws_namespace" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { metrics_namespace = "AWS/Lambda" }
  }

  expect_failures = [var.function]
}

run "rejects_instance_retry_of_more_than_an_hour" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { instance_retry_seconds = 3601 }
  }

  expect_failures = [var.function]
}

run "rejects_instance_retry_longer_than_record_age" {
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

run "rejects_0_writes_in_flight" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { writes_in_flight = 0 }
  }

  expect_failures = [var.function]
}

run "rejects_run_of_0_pages" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { run_max_pages = 0 }
  }

  expect_failures = [var.function]
}

run "rejects_run_of_more_than_a_week" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { run_max_hours = 169 }
  }

  expect_failures = [var.function]
}

run "rejects_reserved_concurrency_0" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { reserved_concurrency = 0 }
  }

  expect_failures = [var.function]
}

run "rejects_vpc_without_security_groups" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { vpc = { subnet_ids = ["subnet-f"], security_group_ids = [] } }
  }

  expect_failures = [var.function]
}

run "rejects_vpc_with_wrong_ids" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { vpc = { subnet_ids = ["sg-f"], security_group_ids = ["subnet-f"] } }
  }

  expect_failures = [var.function]
}

run "rejects_reserved_settings_in_environment" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { environment = { MIRROR_DRY_RUN = "true" } }
  }

  expect_failures = [var.function]
}

run "rejects_variable_reserved_by_lambda" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = { environment = { AWS_REGION = "eu-central-1" } }
  }

  expect_failures = [var.function]
}

run "rejects_failure_retention_of_0_days" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    failure_retention_days = 0
  }

  expect_failures = [var.failure_retention_days]
}

run "rejects_0_launches" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { launches_per_invocation = 0 }
  }

  expect_failures = [var.targets_on_demand]
}

run "rejects_51_launches" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { launches_per_invocation = 51 }
  }

  expect_failures = [var.targets_on_demand]
}

run "rejects_sweep_after_9_minutes" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { sweep_after_minutes = 9 }
  }

  expect_failures = [var.targets_on_demand]
}

run "rejects_sweep_after_more_than_a_week" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { sweep_after_minutes = 10081 }
  }

  expect_failures = [var.targets_on_demand]
}

run "rejects_sweep_limit_0" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { sweep_limit = 0 }
  }

  expect_failures = [var.targets_on_demand]
}

run "rejects_sweep_limit_101" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { sweep_limit = 101 }
  }

  expect_failures = [var.targets_on_demand]
}

run "rejects_instance_type_as_family" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { more_source_families = ["m9g.large"] }
  }

  expect_failures = [var.targets_on_demand]
}
