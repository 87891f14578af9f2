# The observability module alone: alarms only for what there is, and every one with its runbook.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  name                       = "tmp"
  stream_name                = "tmp-events"
  function_name              = "tmp-consumer"
  alias_name                 = "live"
  event_source_mapping_uuids = { stream = "11111111-2222-3333-4444-555555555555" }
  forwarding_rule_names      = { launch = "tmp-launch" }
  dead_letter_queue_names    = { launch = "tmp-launch-dead-letters", backfill = "tmp-backfill-dead-letters" }
  schedule_group_name        = "tmp"
  schedule_name              = "tmp-backfill-0123456789ab"
  alarm_topic_arns           = ["arn:aws:sns:us-east-1:111122223333:on-call"]
}

run "every_alarm_tells_its_topics_when_it_begins_and_when_it_is_over" {
  command = plan

  module {
    source = "./modules/observability"
  }

  assert {
    condition = alltrue([
      for alarm in aws_cloudwatch_metric_alarm.this :
      alarm.alarm_actions == toset(var.alarm_topic_arns) && alarm.ok_actions == toset(var.alarm_topic_arns)
    ])
    error_message = "An alarm tells nobody, or does not say when it is over."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : alarm.treat_missing_data == "notBreaching"])
    error_message = "No data is fine for every alarm here, and each has to say so."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : can(regex("Runbook: docs/runbooks/[a-z-]+[.]md", alarm.alarm_description))])
    error_message = "An alarm does not name its runbook."
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : startswith(alarm.alarm_name, "tmp-") && length(alarm.alarm_description) <= 1024])
    error_message = "An alarm's name does not begin with the deployment's, or its description is longer than CloudWatch takes."
  }
}

run "there_is_no_alarm_about_what_is_not_there" {
  command = plan

  module {
    source = "./modules/observability"
  }

  variables {
    event_source_mapping_uuids = {}
    forwarding_rule_names      = {}
    dead_letter_queue_names    = {}
    schedule_group_name        = null
    schedule_name              = null
    alarm_topic_arns           = []
  }

  assert {
    condition     = alltrue([for alarm in aws_cloudwatch_metric_alarm.this : !contains(["AWS/Events", "AWS/SQS", "AWS/Scheduler"], alarm.namespace)])
    error_message = "There is an alarm about a rule, a queue or a schedule that does not exist."
  }

  assert {
    condition     = length(output.alarm_names) > 5
    error_message = "Stream and function are always there, and so are their alarms."
  }
}

run "a_threshold_is_what_was_asked_for" {
  command = plan

  module {
    source = "./modules/observability"
  }

  variables {
    thresholds = { function_errors_per_5_minutes = 42 }
  }

  assert {
    condition     = contains([for alarm in aws_cloudwatch_metric_alarm.this : alarm.threshold if alarm.metric_name == "Errors"], 42)
    error_message = "The alarm about errors should go off from 42 on."
  }
}

run "a_threshold_of_0_is_refused" {
  command = plan

  module {
    source = "./modules/observability"
  }

  variables {
    thresholds = { iterator_age_seconds = 0 }
  }

  expect_failures = [var.thresholds]
}

run "more_than_a_day_in_alarm_is_refused" {
  command = plan

  module {
    source = "./modules/observability"
  }

  variables {
    thresholds = { stays_in_alarm_hours = 25 }
  }

  expect_failures = [var.thresholds]
}

run "more_topics_than_an_alarm_takes_are_refused" {
  command = plan

  module {
    source = "./modules/observability"
  }

  variables {
    alarm_topic_arns = [for i in range(6) : "arn:aws:sns:us-east-1:111122223333:topic-${i}"]
  }

  expect_failures = [var.alarm_topic_arns]
}

run "a_schedule_without_its_group_is_refused" {
  command = plan

  module {
    source = "./modules/observability"
  }

  variables {
    schedule_group_name = null
  }

  expect_failures = [var.schedule_name]
}

run "a_namespace_of_awss_own_is_refused" {
  command = plan

  module {
    source = "./modules/observability"
  }

  variables {
    metrics_namespace = "AWS/Lambda"
  }

  expect_failures = [var.metrics_namespace]
}

run "a_long_name_is_refused" {
  command = plan

  module {
    source = "./modules/observability"
  }

  variables {
    name = "a2345678901234567890123456789012345678901"
  }

  expect_failures = [var.name]
}
