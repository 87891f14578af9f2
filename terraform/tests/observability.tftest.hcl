# Alarms and dashboard exist only for existing resources; invalid inputs are rejected.

mock_provider "aws" {
  override_data {
    target = data.aws_region.current
    values = { id = "eu-central-1" }
  }
}

variables {
  name          = "prod"
  stream_name   = "prod-events"
  function_name = "prod-consumer"
  alias_name    = "live"
}

run "everything_is_on" {
  module {
    source = "./modules/observability"
  }

  variables {
    event_source_mapping_uuids = { stream = "8a1b" }
    forwarding_rule_names      = { launch = "prod-launch", guardduty = "prod-finding" }
    dead_letter_queue_names    = { launch = "q1", guardduty = "q2", backfill = "q3" }
    schedule_group_name        = "prod"
    schedule_name              = "prod-backfill-123"
    alarm_topic_arns           = ["arn:aws:sns:eu-central-1:111122223333:security"]
    thresholds                 = { iterator_age_seconds = 90, stays_in_alarm_hours = 24 }
    runbook_base_url           = "https://example.com/runbooks"
    tags                       = { team = "security" }
  }

  assert {
    condition = toset(keys(output.alarm_names)) == toset([
      "backfill-ended-early", "dead-letters-backfill", "dead-letters-guardduty", "dead-letters-launch",
      "failed-deliveries-guardduty", "failed-deliveries-launch", "function-errors", "function-throttles",
      "discarded-records-stream", "initialisation-failures", "iterator-age", "retries-exhausted",
      "lost-events-guardduty", "lost-events-launch", "lost-records-stream", "action-required", "rejected-records",
      "schedule-dropped", "schedule-errors", "stream-not-read", "failure-bucket-errors",
    ])
    error_message = "Unexpected alarms: ${join(", ", keys(output.alarm_names))}."
  }

  assert {
    condition     = output.dashboard_name == "prod-eu-central-1"
    error_message = "The dashboard name ${output.dashboard_name} must contain the Region, or two deployments would share it."
  }

  assert {
    condition     = alltrue([for key, name in output.alarm_names : name == "prod-${key}"])
    error_message = "Each alarm must be named after the deployment and its key."
  }

  assert {
    condition = alltrue([
      for alarm in aws_cloudwatch_metric_alarm.this :
      alarm.ok_actions == alarm.alarm_actions && length(alarm.ok_actions) == 1
      && alarm.tags == tomap({ team = "security" })
      && strcontains(alarm.alarm_description, "Runbook: https://example.com/runbooks/")
      && strcontains(alarm.alarm_description, "Missing data counts as ${alarm.treat_missing_data == "breaching" ? "breaching" : "not breaching"}: ")
      && length(alarm.alarm_description) <= 1024
    ])
    error_message = "Each alarm must have actions, a runbook, tags, and a reason for its treatment of missing data."
  }

  assert {
    condition     = [for key, alarm in aws_cloudwatch_metric_alarm.this : key if alarm.treat_missing_data != "notBreaching"] == ["stream-not-read"]
    error_message = "Only stream-not-read may treat missing data as breaching."
  }

  # Fires after three periods without a read; a single read prevents it.
  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this["stream-not-read"].comparison_operator == "LessThanThreshold"
      && aws_cloudwatch_metric_alarm.this["stream-not-read"].namespace == "AWS/Kinesis"
      && aws_cloudwatch_metric_alarm.this["stream-not-read"].metric_name == "GetRecords.Success"
      && aws_cloudwatch_metric_alarm.this["stream-not-read"].dimensions == tomap({ StreamName = "prod-events" })
      # A rejected read is a sample of 0.
      && aws_cloudwatch_metric_alarm.this["stream-not-read"].statistic == "Sum"
      && aws_cloudwatch_metric_alarm.this["stream-not-read"].threshold == 1
      && aws_cloudwatch_metric_alarm.this["stream-not-read"].evaluation_periods == 3
      && aws_cloudwatch_metric_alarm.this["stream-not-read"].datapoints_to_alarm == 3
      && alltrue([
        for key, alarm in aws_cloudwatch_metric_alarm.this :
        alarm.comparison_operator == "GreaterThanOrEqualToThreshold" && alarm.datapoints_to_alarm == 1 if key != "stream-not-read"
      ])
    )
    error_message = "Only stream-not-read may fire below its threshold, on successful reads of the stream."
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.this["iterator-age"].threshold == 90000
    error_message = "The threshold in seconds must be converted to the metric's milliseconds."
  }

  # CloudWatch: the number of periods times their length is at most a day.
  assert {
    condition = alltrue([
      for alarm in aws_cloudwatch_metric_alarm.this : alarm.evaluation_periods * alarm.period <= 86400
    ]) && aws_cloudwatch_metric_alarm.this["action-required"].evaluation_periods == 288
    error_message = "Each alarm must evaluate the configured time, at most one day."
  }

  assert {
    condition = alltrue([
      for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets :
      widget.x + widget.width <= 24 && length(try(widget.properties.metrics, ["none"])) > 0
    ])
    error_message = "A graph is empty or outside the grid."
  }
}

run "everything_is_off" {
  module {
    source = "./modules/observability"
  }

  assert {
    condition = toset(keys(output.alarm_names)) == toset([
      "function-errors", "function-throttles", "initialisation-failures", "iterator-age", "retries-exhausted",
      "action-required", "rejected-records", "stream-not-read", "failure-bucket-errors",
    ])
    error_message = "Unexpected alarms: ${join(", ", keys(output.alarm_names))}."
  }

  assert {
    condition = alltrue([
      for widget in jsondecode(aws_cloudwatch_dashboard.this.dashboard_body).widgets :
      length(try(widget.properties.metrics, ["none"])) > 0
    ])
    error_message = "A graph is empty; CloudWatch would reject the dashboard."
  }

  assert {
    condition     = !anytrue([for word in ["AWS/Scheduler", "AWS/SQS", "AWS/Events"] : strcontains(aws_cloudwatch_dashboard.this.dashboard_body, word)])
    error_message = "The dashboard must not show missing resources."
  }

  assert {
    condition     = !strcontains(aws_cloudwatch_dashboard.this.dashboard_body, "Targets")
    error_message = "The dashboard must not show targets on demand if none are used."
  }
}

run "launches_have_an_hourly_alarm_and_graphs" {
  module {
    source = "./modules/observability"
  }

  variables {
    launches_targets = true
    thresholds       = { target_launches_per_hour = 7 }
  }

  assert {
    condition = (
      aws_cloudwatch_metric_alarm.this["target-launches"].period == 3600 &&
      aws_cloudwatch_metric_alarm.this["target-launches"].threshold == 7 &&
      aws_cloudwatch_metric_alarm.this["target-launches"].evaluation_periods == 1
    )
    error_message = "The alarm must cover the launches of an hour."
  }

  assert {
    condition = alltrue([
      for metric in ["TargetsLaunched", "TargetsReused", "TargetsSwept", "PoolSize", "PoolFreeCapacity"] :
      strcontains(aws_cloudwatch_dashboard.this.dashboard_body, metric)
    ])
    error_message = "The dashboard must show targets on demand."
  }
}

run "sweep_schedule_has_no_alarm_about_runs" {
  module {
    source = "./modules/observability"
  }

  variables {
    schedule_group_name  = "prod"
    schedule_name        = "prod-sweep"
    schedule_only_sweeps = true
  }

  assert {
    condition     = [for key in keys(output.alarm_names) : key if can(regex("^(schedule|backfill)", key))] == ["schedule-dropped", "schedule-errors"]
    error_message = "Unexpected alarms: ${join(", ", keys(output.alarm_names))}."
  }
}

run "changed_policy_changes_no_alarm" {
  module {
    source = "./modules/observability"
  }

  variables {
    schedule_group_name = "prod"
    schedule_name       = "prod-backfill-456"
  }

  assert {
    condition = !strcontains(jsonencode([
      aws_cloudwatch_dashboard.this.dashboard_body, aws_cloudwatch_metric_alarm.this
    ]), "backfill-456")
    error_message = "Alarms and dashboard must not contain the schedule's name, which contains the policy's digest."
  }
}

run "rejects_invalid_name" {
  command = plan
  module {
    source = "./modules/observability"
  }
  variables {
    name = "prod'"
  }
  expect_failures = [var.name]
}

run "rejects_aws_namespace" {
  command = plan
  module {
    source = "./modules/observability"
  }
  variables {
    metrics_namespace = "AWS/Lambda"
  }
  expect_failures = [var.metrics_namespace]
}

run "rejects_six_topics" {
  command = plan
  module {
    source = "./modules/observability"
  }
  variables {
    alarm_topic_arns = ["a", "b", "c", "d", "e", "f"]
  }
  expect_failures = [var.alarm_topic_arns]
}

run "rejects_threshold_0" {
  command = plan
  module {
    source = "./modules/observability"
  }
  variables {
    thresholds = { function_errors_per_5_minutes = 0 }
  }
  expect_failures = [var.thresholds]
}

run "rejects_more_than_a_day_in_alarm" {
  command = plan
  module {
    source = "./modules/observability"
  }
  variables {
    thresholds = { stays_in_alarm_hours = 25 }
  }
  expect_failures = [var.thresholds]
}

run "rejects_schedule_without_group" {
  command = plan
  module {
    source = "./modules/observability"
  }
  variables {
    schedule_name = "prod-backfill-123"
  }
  expect_failures = [var.schedule_name]
}
