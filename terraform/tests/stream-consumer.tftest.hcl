# The consumer module alone: function, alias, mapping, bucket and role. Rejected inputs are in
# consumer-refusals.tftest.hcl, the role's permissions in permissions.tftest.hcl.

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

run "change_publishes_a_version_and_moves_the_alias" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  assert {
    condition     = aws_lambda_function.consumer.publish && one(aws_lambda_function.consumer.snap_start).apply_on == "PublishedVersions"
    error_message = "SnapStart works only for published versions."
  }

  assert {
    condition     = aws_lambda_alias.live.name == "live" && aws_lambda_alias.live.function_version == aws_lambda_function.consumer.version
    error_message = "The alias live must point to the newest version."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.stream.function_name == aws_lambda_alias.live.arn
    error_message = "The mapping must invoke the alias, because SnapStart works only for published versions."
  }

  assert {
    condition = (
      aws_lambda_function.consumer.runtime == "java21"
      && aws_lambda_function.consumer.handler == "io.trafficmirror.lambda.StreamHandler::handleRequest"
      && aws_lambda_function.consumer.architectures == tolist(["arm64"])
    )
    error_message = "The function must run the handler on java21 and arm64."
  }

  assert {
    condition     = one(aws_lambda_function.consumer.logging_config).log_format == "JSON" && aws_cloudwatch_log_group.consumer.retention_in_days == 30
    error_message = "Logs must be JSON and kept for 30 days."
  }
}

run "discarded_records_go_to_the_failure_bucket" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  assert {
    condition     = aws_lambda_event_source_mapping.stream.starting_position == "TRIM_HORIZON"
    error_message = "LATEST would skip records that arrive while the mapping is created."
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.stream.maximum_retry_attempts == -1
      && aws_lambda_event_source_mapping.stream.maximum_record_age_in_seconds == 21600
    )
    error_message = "Retries must end by record age, not by count."
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.stream.function_response_types == toset(["ReportBatchItemFailures"])
      && aws_lambda_event_source_mapping.stream.bisect_batch_on_function_error
    )
    error_message = "The mapping must support partial batch failures."
  }

  assert {
    condition     = one(one(aws_lambda_event_source_mapping.stream.destination_config).on_failure).destination_arn == aws_s3_bucket.failures.arn
    error_message = "Discarded records must go to the failure bucket, with their payload."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.stream.parallelization_factor == 10
    error_message = "The default parallelization factor must be 10."
  }
}

run "bucket_is_private_versioned_encrypted_and_expires_failures" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    failure_retention_days = 7
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.failures.block_public_acls,
      aws_s3_bucket_public_access_block.failures.block_public_policy,
      aws_s3_bucket_public_access_block.failures.ignore_public_acls,
      aws_s3_bucket_public_access_block.failures.restrict_public_buckets,
    ])
    error_message = "The bucket must be private."
  }

  assert {
    condition     = one(aws_s3_bucket_versioning.failures.versioning_configuration).status == "Enabled"
    error_message = "The bucket must be versioned, because the function reads a fixed version of the policy."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.failures.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "The bucket must be encrypted."
  }

  assert {
    condition = [for s in jsondecode(aws_s3_bucket_policy.failures.policy).Statement : [s.Effect, s.Principal, s.Action, s.Condition]] == [
      ["Deny", "*", "s3:*", { Bool = { "aws:SecureTransport" = "false" } }]
    ]
    error_message = "The bucket must deny requests without TLS."
  }

  assert {
    condition = {
      for rule in aws_s3_bucket_lifecycle_configuration.failures.rule : one(rule.filter).prefix => one(rule.expiration).days if length(rule.expiration) > 0
    } == { "rejected/" = 7, "retries-exhausted/" = 7, "aws/lambda/" = 7 }
    error_message = "Only failures must expire."
  }
}

run "function_gets_the_deployment_settings" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    dry_run = true
    function = {
      writes_in_flight       = 8
      instance_retry_seconds = 60
      run_max_pages          = 10
      run_max_hours          = 2
      log_level              = "WARN"
      metrics_namespace      = "Mine"
      environment            = { AWS_ENDPOINT_URL_EC2 = "https://ec2.example.com" }
    }
    targets_on_demand = {
      launches_per_invocation = 50
      sweep_after_minutes     = 10080
      sweep_limit             = 100
      more_source_families    = ["m9g", "u-6tb1"]
    }
  }

  assert {
    condition = tomap(output.environment) == tomap({
      AWS_ENDPOINT_URL_EC2           = "https://ec2.example.com"
      MIRROR_DEPLOYMENT              = "tmp"
      MIRROR_POLICY_BUCKET           = aws_s3_bucket.failures.bucket
      MIRROR_POLICY_KEY              = aws_s3_object.policy.key
      MIRROR_POLICY_VERSION          = aws_s3_object.policy.version_id
      MIRROR_FAILURE_BUCKET          = aws_s3_bucket.failures.bucket
      MIRROR_DRY_RUN                 = "true"
      MIRROR_INSTANCE_RETRY_SECONDS  = "60"
      MIRROR_WRITES_IN_FLIGHT        = "8"
      MIRROR_RUN_MAX_PAGES           = "10"
      MIRROR_RUN_MAX_HOURS           = "2"
      MIRROR_METRICS_NAMESPACE       = "Mine"
      MIRROR_LOG_LEVEL               = "WARN"
      MIRROR_LAUNCHES_PER_INVOCATION = "50"
      MIRROR_SWEEP_AFTER_MINUTES     = "10080"
      MIRROR_SWEEP_LIMIT             = "100"
      MIRROR_MORE_SOURCE_FAMILIES    = "m9g,u-6tb1"
    })
    error_message = "Unexpected environment: ${jsonencode(output.environment)}"
  }

  assert {
    condition     = one(aws_lambda_function.consumer.environment).variables == tomap(output.environment)
    error_message = "The output environment must match the function's environment."
  }
}

run "plan_shows_the_policy_as_text" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  assert {
    condition     = aws_s3_object.policy.content == file("./tests/policies/fixed.yaml")
    error_message = "The plan must show the policy text unchanged."
  }

  assert {
    condition     = output.policy_digest == filesha256("./tests/policies/fixed.yaml")
    error_message = "The digest must be that of the policy file."
  }
}

run "default_function_has_no_vpc_and_no_reserved_concurrency" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  assert {
    condition     = length(aws_lambda_function.consumer.vpc_config) == 0 && aws_lambda_function.consumer.reserved_concurrent_executions == -1
    error_message = "By default there must be no VPC and no reserved concurrency."
  }
}

run "vpc_function_has_its_subnets_and_groups" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = {
      reserved_concurrency = 20
      vpc                  = { subnet_ids = ["subnet-f"], security_group_ids = ["sg-f"] }
    }
    permissions_boundary_arn = "arn:aws:iam::111122223333:policy/boundary"
  }

  assert {
    condition = (
      one(aws_lambda_function.consumer.vpc_config).subnet_ids == toset(["subnet-f"])
      && one(aws_lambda_function.consumer.vpc_config).security_group_ids == toset(["sg-f"])
    )
    error_message = "The function must be in the configured subnets and security groups."
  }

  assert {
    condition     = aws_lambda_function.consumer.reserved_concurrent_executions == 20
    error_message = "The configured concurrency must be reserved."
  }

  assert {
    condition     = aws_iam_role.consumer.permissions_boundary == "arn:aws:iam::111122223333:policy/boundary"
    error_message = "The role must have the permissions boundary."
  }
}

run "names_fit_for_the_longest_deployment_name" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    name = "a234567890123456789012345678901234567890"
  }

  assert {
    condition = (
      length(aws_lambda_function.consumer.function_name) <= 64
      && length(aws_iam_role.consumer.name) + length("ap-southeast-1") - length("us-east-1") <= 64
      && length(aws_s3_bucket.failures.bucket) + length("ap-southeast-1") - length("us-east-1") <= 63
    )
    error_message = "A name is longer than AWS allows: ${aws_lambda_function.consumer.function_name}, ${aws_iam_role.consumer.name}, ${aws_s3_bucket.failures.bucket}"
  }
}
