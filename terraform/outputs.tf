output "stream_arn" {
  description = "ARN of the stream."
  value       = module.event_stream.arn
}

output "stream_name" {
  description = "Name of the stream."
  value       = module.event_stream.name
}

output "function_name" {
  description = "Name of the function."
  value       = module.stream_consumer.function_name
}

output "alias_arn" {
  description = "ARN of the alias whose version reads the stream."
  value       = module.stream_consumer.alias_arn
}

output "role_arn" {
  description = "ARN of the function's role."
  value       = module.stream_consumer.role_arn
}

output "permissions" {
  description = "All statements of the function's role."
  value       = module.stream_consumer.permissions
}

output "environment" {
  description = "The function's environment variables."
  value       = module.stream_consumer.environment
}

output "failure_bucket" {
  description = "Name of the bucket for the package, the policy, and failed records."
  value       = module.stream_consumer.failure_bucket
}

output "log_group_name" {
  description = "Name of the function's log group."
  value       = module.stream_consumer.log_group_name
}

output "rule_names" {
  description = "Names of the EventBridge rules by event source: launch, guardduty."
  value       = { for key, forwarding in module.event_forwarding : key => forwarding.rule_name }
}

output "dead_letter_queue_names" {
  description = "Names of the dead-letter queues by source: launch, guardduty, backfill, or sweep if only sweeps are scheduled."
  value       = local.dead_letter_queue_names
}

output "schedule_name" {
  description = "Name of the schedule for backfill runs, or for sweeps if only sweeps are scheduled; null if there is none."
  value       = one(module.backfill[*].schedule_name)
}

output "schedule_group_name" {
  description = "Name of the schedule's group; null if there is none."
  value       = one(module.backfill[*].schedule_group_name)
}

output "sweep" {
  description = "When unused targets on demand are removed: after each backfill run, on their own schedule, or nowhere, and why."
  value       = [for case in local.sweep_cases : case.text if case.applies][0]
}

output "dashboard_name" {
  description = "Name of the CloudWatch dashboard."
  value       = module.observability.dashboard_name
}

output "alarm_names" {
  description = "Names of the alarms by key; a key starts with the name of its runbook in docs/runbooks."
  value       = module.observability.alarm_names
}
