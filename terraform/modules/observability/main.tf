locals {
  period_seconds = 300
  below_periods  = 3
  stays_periods  = var.thresholds.stays_in_alarm_hours * 3600 / local.period_seconds
}

data "aws_region" "current" {}

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = local.alarms

  alarm_name          = "${var.name}-${each.key}"
  alarm_description   = "${each.value.summary} Runbook: ${var.runbook_base_url}/${each.value.runbook}.md. Missing data counts as ${try(each.value.below, false) ? "breaching" : "not breaching"}: ${each.value.missing}"
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.dimensions
  statistic           = each.value.statistic
  period              = try(each.value.period_seconds, local.period_seconds)
  comparison_operator = try(each.value.below, false) ? "LessThanThreshold" : "GreaterThanOrEqualToThreshold"
  threshold           = each.value.threshold
  evaluation_periods  = try(each.value.below, false) ? local.below_periods : each.value.stays ? local.stays_periods : 1
  datapoints_to_alarm = try(each.value.below, false) ? local.below_periods : 1
  treat_missing_data  = try(each.value.below, false) ? "breaching" : "notBreaching"
  alarm_actions       = var.alarm_topic_arns
  ok_actions          = var.alarm_topic_arns
  tags                = var.tags
}

resource "aws_cloudwatch_dashboard" "this" {
  # Dashboards are global: without the Region, two deployments with the same name would overwrite each other's.
  dashboard_name = "${var.name}-${data.aws_region.current.id}"
  dashboard_body = jsonencode({
    start          = "-PT6H"
    periodOverride = "inherit"
    widgets        = local.widgets
  })
}
