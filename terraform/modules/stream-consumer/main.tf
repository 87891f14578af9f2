data "aws_caller_identity" "current" {}
data "aws_partition" "current" {}
data "aws_region" "current" {}

locals {
  account   = data.aws_caller_identity.current.account_id
  partition = data.aws_partition.current.partition
  region    = data.aws_region.current.id

  function  = "${var.name}-consumer"
  log_group = "/aws/lambda/${local.function}"

  # Built from names instead of resource attributes, so that the plan shows the role's permissions.
  function_arn = "arn:${local.partition}:lambda:${local.region}:${local.account}:function:${local.function}"
  bucket_arn   = "arn:${local.partition}:s3:::${local.bucket}"
  log_arn      = "arn:${local.partition}:logs:${local.region}:${local.account}:log-group:${local.log_group}"

  settings = merge(
    {
      MIRROR_DEPLOYMENT              = var.name
      MIRROR_POLICY_BUCKET           = aws_s3_bucket.failures.bucket
      MIRROR_POLICY_KEY              = aws_s3_object.policy.key
      MIRROR_POLICY_VERSION          = aws_s3_object.policy.version_id
      MIRROR_FAILURE_BUCKET          = aws_s3_bucket.failures.bucket
      MIRROR_DRY_RUN                 = tostring(var.dry_run)
      MIRROR_INSTANCE_RETRY_SECONDS  = tostring(var.function.instance_retry_seconds)
      MIRROR_WRITES_IN_FLIGHT        = tostring(var.function.writes_in_flight)
      MIRROR_RUN_MAX_PAGES           = tostring(var.function.run_max_pages)
      MIRROR_RUN_MAX_HOURS           = tostring(var.function.run_max_hours)
      MIRROR_METRICS_NAMESPACE       = var.function.metrics_namespace
      MIRROR_LOG_LEVEL               = var.function.log_level
      MIRROR_LAUNCHES_PER_INVOCATION = tostring(var.targets_on_demand.launches_per_invocation)
      MIRROR_SWEEP_AFTER_MINUTES     = tostring(var.targets_on_demand.sweep_after_minutes)
      MIRROR_SWEEP_LIMIT             = tostring(var.targets_on_demand.sweep_limit)
    },
    { for families in [join(",", var.targets_on_demand.more_source_families)] : "MIRROR_MORE_SOURCE_FAMILIES" => families if families != "" },
  )
}

resource "aws_cloudwatch_log_group" "consumer" {
  name              = local.log_group
  retention_in_days = var.function.log_retention_days
  tags              = var.tags
}

resource "aws_lambda_function" "consumer" {
  function_name = local.function
  description   = "Keeps the traffic mirror sessions of ${var.name} in sync with its policy."
  role          = aws_iam_role.consumer.arn

  runtime       = "java21"
  handler       = "io.trafficmirror.lambda.StreamHandler::handleRequest"
  architectures = [var.function.architecture]
  memory_size   = var.function.memory_mb
  timeout       = var.function.timeout_seconds

  s3_bucket         = aws_s3_object.package.bucket
  s3_key            = aws_s3_object.package.key
  s3_object_version = aws_s3_object.package.version_id
  source_code_hash  = local.package_hash

  reserved_concurrent_executions = coalesce(var.function.reserved_concurrency, -1)

  # SnapStart works only for published versions. Every change publishes a version, and the alias moves to it.
  publish = true

  snap_start {
    apply_on = "PublishedVersions"
  }

  # The function filters by MIRROR_LOG_LEVEL. Lambda's own filter would also drop the metrics.
  logging_config {
    log_format = "JSON"
    log_group  = aws_cloudwatch_log_group.consumer.name
  }

  environment {
    variables = merge(var.function.environment, local.settings)
  }

  dynamic "vpc_config" {
    for_each = var.function.vpc[*]

    content {
      subnet_ids         = vpc_config.value.subnet_ids
      security_group_ids = vpc_config.value.security_group_ids
    }
  }

  tags = var.tags

  # The function reads the policy while Lambda publishes the version.
  depends_on = [aws_iam_role_policy.consumer]
}

resource "aws_lambda_alias" "live" {
  name             = "live"
  description      = "The version that reads the stream."
  function_name    = aws_lambda_function.consumer.function_name
  function_version = aws_lambda_function.consumer.version
}

resource "aws_lambda_event_source_mapping" "stream" {
  event_source_arn = var.stream_arn
  function_name    = aws_lambda_alias.live.arn

  # LATEST would skip records that arrive while Lambda creates the mapping, which takes minutes.
  starting_position                  = "TRIM_HORIZON"
  batch_size                         = var.batching.size
  maximum_batching_window_in_seconds = var.batching.window_seconds
  parallelization_factor             = var.batching.parallelization_factor

  # Retries must outlast an outage, so they end by age, not by count.
  function_response_types        = ["ReportBatchItemFailures"]
  bisect_batch_on_function_error = true
  maximum_record_age_in_seconds  = var.batching.max_record_age_seconds
  maximum_retry_attempts         = -1

  # The alarms about discarded and lost records need these metrics.
  metrics_config {
    metrics = ["EventCount"]
  }

  destination_config {
    on_failure {
      destination_arn = aws_s3_bucket.failures.arn
    }
  }

  tags = var.tags

  depends_on = [aws_iam_role_policy.consumer, aws_s3_bucket_policy.failures]
}
