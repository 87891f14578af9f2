output "dashboard_name" {
  description = "The dashboard; its name holds the Region, since an account has one list of dashboards for all of them."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}

output "alarm_names" {
  description = "The alarms' names by their keys; a key begins with the name of its runbook."
  value       = { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.alarm_name }
}
