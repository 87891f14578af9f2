output "rule_name" {
  description = "Name of the rule."
  value       = aws_cloudwatch_event_rule.events.name
}

output "dead_letter_queue_name" {
  description = "Name of the queue for events that could not be delivered."
  value       = aws_sqs_queue.dead_letters.name
}

output "role_arn" {
  description = "ARN of the role that EventBridge assumes."
  value       = aws_iam_role.forwarding.arn
}

output "permissions" {
  description = "All statements of the role's policy."
  value       = local.statements
}
