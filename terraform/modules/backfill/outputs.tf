output "schedule_name" {
  description = "Name of the schedule."
  value       = aws_scheduler_schedule.backfill.name
}

output "schedule_group_name" {
  description = "Name of the schedule's group."
  value       = aws_scheduler_schedule_group.backfill.name
}

output "dead_letter_queue_name" {
  description = "Name of the queue for records that the schedule could not deliver."
  value       = aws_sqs_queue.dead_letters.name
}

output "input" {
  description = "The record that starts a run or a sweep, as passed to the scheduler."
  value       = local.input
}

output "role_arn" {
  description = "ARN of the role that the scheduler assumes."
  value       = aws_iam_role.backfill.arn
}

output "permissions" {
  description = "All statements of the role's policy."
  value       = local.statements
}
