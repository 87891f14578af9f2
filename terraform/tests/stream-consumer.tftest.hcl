# The consumer module alone: function, alias, mapping, bucket and role. What it refuses is in
# consumer-refusals.tftest.hcl, what its role may do in permissions.tftest.hcl.

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

run "a_change_is_a_new_version_and_the_alias_moves_on_to_it" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  assert {
    condition     = aws_lambda_function.consumer.publish && one(aws_lambda_function.consumer.snap_start).apply_on == "PublishedVersions"
    error_message = "SnapStart works for published versions only."
  }

  assert {
    condition     = aws_lambda_alias.live.name == "live" && aws_lambda_alias.live.function_version == aws_lambda_function.consumer.version
    error_message = "The alias live has to be the newest version."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.stream.function_name == aws_lambda_alias.live.arn
    error_message = "The mapping has to invoke the alias: without it SnapStart is of no use."
  }

  assert {
    condition = (
      aws_lambda_function.consumer.runtime == "java21"
      && aws_lambda_function.consumer.handler == "io.trafficmirror.lambda.StreamHandler::handleRequest"
      && aws_lambda_function.consumer.architectures == tolist(["arm64"])
    )
    error_message = "The function should run the handler on java21 and arm64."
  }

  assert {
    condition     = one(aws_lambda_function.consumer.logging_config).log_format == "JSON" && aws_cloudwatch_log_group.consumer.retention_in_days == 30
    error_message = "Logs should be JSON, and be kept for 30 days."
  }
}

run "nothing_that_the_mapping_gives_up_on_is_lost" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  assert {
    condition     = aws_lambda_event_source_mapping.stream.starting_position == "TRIM_HORIZON"
    error_message = "LATEST misses what comes in while the mapping is made."
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.stream.maximum_retry_attempts == -1
      && aws_lambda_event_source_mapping.stream.maximum_record_age_in_seconds == 21600
    )
    error_message = "Retries should end by the records' age, not by their number."
  }

  assert {
    condition = (
      aws_lambda_event_source_mapping.stream.function_response_types == toset(["ReportBatchItemFailures"])
      && aws_lambda_event_source_mapping.stream.bisect_batch_on_function_error
    )
    error_message = "A part of a batch has to be able to go back."
  }

  assert {
    condition     = one(one(aws_lambda_event_source_mapping.stream.destination_config).on_failure).destination_arn == aws_s3_bucket.failures.arn
    error_message = "What is given up on should go to the failure bucket, with its payload."
  }

  assert {
    condition     = aws_lambda_event_source_mapping.stream.parallelization_factor == 10
    error_message = "Ten batches of a shard at once, unless less is asked for."
  }
}

run "the_bucket_is_private_versioned_encrypted_and_forgets_failures" {
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
    error_message = "The bucket has to be private."
  }

  assert {
    condition     = one(aws_s3_bucket_versioning.failures.versioning_configuration).status == "Enabled"
    error_message = "The bucket has to be versioned: the function names the version of its policy."
  }

  assert {
    condition     = one(one(aws_s3_bucket_server_side_encryption_configuration.failures.rule).apply_server_side_encryption_by_default).sse_algorithm == "AES256"
    error_message = "The bucket has to be encrypted."
  }

  assert {
    condition = [for s in jsondecode(aws_s3_bucket_policy.failures.policy).Statement : [s.Effect, s.Principal, s.Action, s.Condition]] == [
      ["Deny", "*", "s3:*", { Bool = { "aws:SecureTransport" = "false" } }]
    ]
    error_message = "The bucket has to refuse what comes without TLS."
  }

  assert {
    condition = {
      for rule in aws_s3_bucket_lifecycle_configuration.failures.rule : one(rule.filter).prefix => one(rule.expiration).days if length(rule.expiration) > 0
    } == { "rejected/" = 7, "retries-exhausted/" = 7, "aws/lambda/" = 7 }
    error_message = "Failures should expire, and nothing else."
  }
}

run "the_function_gets_the_deployments_settings" {
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
    error_message = "The function gets something else: ${jsonencode(output.environment)}"
  }

  assert {
    condition     = one(aws_lambda_function.consumer.environment).variables == tomap(output.environment)
    error_message = "The output has to tell what the function really gets."
  }
}

run "the_policy_is_text_in_the_plan" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  assert {
    condition     = aws_s3_object.policy.content == file("./tests/policies/fixed.yaml")
    error_message = "The plan should show the policy as it was written."
  }

  assert {
    condition     = output.policy_digest == filesha256("./tests/policies/fixed.yaml")
    error_message = "The digest should be that of the policy file."
  }
}

run "a_function_outside_a_vpc_has_no_place_and_no_reserve" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  assert {
    condition     = length(aws_lambda_function.consumer.vpc_config) == 0 && aws_lambda_function.consumer.reserved_concurrent_executions == -1
    error_message = "Nothing should be placed or reserved unasked."
  }
}

run "a_function_in_a_vpc_is_where_it_should_be" {
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
    error_message = "The function should be in the subnets and groups that were named."
  }

  assert {
    condition     = aws_lambda_function.consumer.reserved_concurrent_executions == 20
    error_message = "The concurrency that was asked for should be reserved."
  }

  assert {
    condition     = aws_iam_role.consumer.permissions_boundary == "arn:aws:iam::111122223333:policy/boundary"
    error_message = "The role should have the boundary."
  }
}

run "names_fit_for_the_longest_deployment" {
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
    error_message = "A name is longer than AWS takes: ${aws_lambda_function.consumer.function_name}, ${aws_iam_role.consumer.name}, ${aws_s3_bucket.failures.bucket}"
  }
}
