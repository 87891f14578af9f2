output "function_name" {
  description = "Name of the function."
  value       = aws_lambda_function.consumer.function_name
}

output "alias_name" {
  description = "Name of the alias whose version reads the stream."
  value       = aws_lambda_alias.live.name
}

output "alias_arn" {
  description = "ARN of the alias."
  value       = aws_lambda_alias.live.arn
}

output "event_source_mapping_uuid" {
  description = "UUID of the mapping from the stream to the alias."
  value       = aws_lambda_event_source_mapping.stream.uuid
}

output "role_arn" {
  description = "ARN of the function's role."
  value       = aws_iam_role.consumer.arn
}

output "permissions" {
  description = "All statements of the role's policy."
  value       = local.statements
}

output "environment" {
  description = "The function's environment variables."
  value       = merge(var.function.environment, local.settings)
}

output "failure_bucket" {
  description = "Name of the bucket for the package, the policy, and failed records."
  value       = aws_s3_bucket.failures.bucket
}

output "log_group_name" {
  description = "Name of the function's log group."
  value       = aws_cloudwatch_log_group.consumer.name
}

output "metrics_namespace" {
  description = "CloudWatch namespace of the function's metrics."
  value       = var.function.metrics_namespace
}

output "launches_targets" {
  description = "Whether the function may launch targets: a policy entry uses targets on demand, and dry_run is off."
  value       = local.launches_targets
}

output "sweeps_targets" {
  description = "Whether the function may remove targets that it launched: a policy entry uses targets on demand or keep_sweeping is on, sweep_after_minutes is not 0, and dry_run is off."
  value       = local.sweeps_targets
}

output "policy_digest" {
  description = "SHA-256 of the mirror policy, in hexadecimal."
  value       = local.policy_digest
}

output "ready" {
  description = "Resources that must exist before the first record is put; known once they all do."
  value       = [aws_lambda_event_source_mapping.stream.uuid]

  depends_on = [
    aws_iam_role_policy.consumer,
    aws_lambda_alias.live,
    aws_lambda_event_source_mapping.stream,
    aws_s3_object.policy,
  ]
}
