output "dashboard_name" {
  description = "Name of the dashboard. It contains the Region, because an account has one list of dashboards for all Regions."
  value       = aws_cloudwatch_dashboard.this.dashboard_name
}

output "alarm_names" {
  description = "Names of the alarms by key; a key starts with the name of its runbook."
  value       = { for key, alarm in aws_cloudwatch_metric_alarm.this : key => alarm.alarm_name }
}
