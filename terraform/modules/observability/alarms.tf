# One entry per alarm. `runbook` is the file in docs/runbooks; alarms of one kind share it. Missing data
# counts as not breaching, or as breaching if the alarm fires below its threshold (`below`); `missing` says why data can be missing. With `stays`, an alarm
# stays on for stays_in_alarm_hours after the last occurrence, so a problem that recurs in every backfill run is one alarm if runs start
# more often than that.
locals {
  function_alarms = {
    iterator-age = {
      runbook    = "iterator-age"
      summary    = "The consumer is ${var.thresholds.iterator_age_seconds} seconds or more behind the stream."
      missing    = "Lambda reports the age only when it invokes the function, and does not invoke it for an empty stream."
      namespace  = "AWS/Lambda"
      metric     = "IteratorAge"
      dimensions = local.function_dimensions
      statistic  = "Maximum"
      threshold  = var.thresholds.iterator_age_seconds * 1000
      stays      = false
    }
    stream-not-read = {
      runbook    = "stream-not-read"
      summary    = "No successful read of the stream for at least 15 minutes: the event source mapping is disabled, deleted, or lacks permission to read."
      missing    = "Lambda polls every shard about once a second, even if it is empty, and Kinesis counts each successful read."
      namespace  = "AWS/Kinesis"
      metric     = "GetRecords.Success"
      dimensions = { StreamName = var.stream_name }
      statistic  = "Sum"
      threshold  = var.thresholds.stream_reads_per_5_minutes
      below      = true
      stays      = false
    }
    function-errors = {
      runbook    = "function-errors"
      summary    = "The function threw an exception, timed out or ran out of memory; Lambda delivers its batches again."
      missing    = "Lambda reports errors only when it invokes the function."
      namespace  = "AWS/Lambda"
      metric     = "Errors"
      dimensions = local.function_dimensions
      statistic  = "Sum"
      threshold  = var.thresholds.function_errors_per_5_minutes
      stays      = true
    }
    function-throttles = {
      runbook    = "function-throttles"
      summary    = "Lambda throttles the function because no concurrency is available."
      missing    = "Lambda reports throttles only on attempts to invoke the function."
      namespace  = "AWS/Lambda"
      metric     = "Throttles"
      dimensions = local.function_dimensions
      statistic  = "Sum"
      threshold  = var.thresholds.function_throttles_per_5_minutes
      stays      = false
    }
    initialisation-failures = {
      runbook    = "initialisation-failures"
      summary    = "The function cannot start with its settings or its policy; every batch is retried."
      missing    = "The function publishes this metric only for failures."
      namespace  = var.metrics_namespace
      metric     = "InitialisationFailures"
      dimensions = local.deployment
      statistic  = "Sum"
      threshold  = var.thresholds.initialisation_failures_per_5_minutes
      stays      = false
    }
    rejected-records = {
      runbook    = "rejected-records"
      summary    = "Records that cannot be parsed were moved to the failure bucket."
      missing    = "The function publishes this metric only for rejected records."
      namespace  = var.metrics_namespace
      metric     = "RejectedRecords"
      dimensions = local.deployment
      statistic  = "Sum"
      threshold  = var.thresholds.rejected_records_per_5_minutes
      stays      = true
    }
    retries-exhausted = {
      runbook    = "retries-exhausted"
      summary    = "Instances are not mirrored because their retries are exhausted; their requests are stored in the failure bucket."
      missing    = "The function publishes this metric only for such instances."
      namespace  = var.metrics_namespace
      metric     = "RetriesExhausted"
      dimensions = local.deployment
      statistic  = "Sum"
      threshold  = var.thresholds.retries_exhausted_per_5_minutes
      stays      = true
    }
    action-required = {
      runbook    = "action-required"
      summary    = "Instances cannot be mirrored until an operator fixes a permission, a limit, a target or a filter."
      missing    = "The function publishes this metric only for such outcomes."
      namespace  = var.metrics_namespace
      metric     = "ActionRequired"
      dimensions = local.deployment
      statistic  = "Sum"
      threshold  = var.thresholds.action_required_per_5_minutes
      stays      = true
    }
    failure-bucket-errors = {
      runbook    = "failure-bucket-errors"
      summary    = "Lambda could not write a discarded batch to the failure bucket; its records are lost."
      missing    = "Lambda reports this metric only when it has a batch to write."
      namespace  = "AWS/Lambda"
      metric     = "DestinationDeliveryFailures"
      dimensions = local.function_dimensions
      statistic  = "Sum"
      threshold  = var.thresholds.failure_bucket_errors_per_5_minutes
      stays      = true
    }
  }

  mapping_alarms = merge([
    for key, uuid in var.event_source_mapping_uuids : {
      "discarded-records-${key}" = {
        runbook    = "discarded-records"
        summary    = "The event source mapping discarded records that were too old and moved them to the failure bucket."
        missing    = "The mapping reports this metric only while it processes records."
        namespace  = "AWS/Lambda"
        metric     = "OnFailureDestinationDeliveredEventCount"
        dimensions = { EventSourceMappingUUID = uuid }
        statistic  = "Sum"
        threshold  = var.thresholds.discarded_records_per_5_minutes
        stays      = true
      }
      "lost-records-${key}" = {
        runbook    = "lost-records"
        summary    = "The event source mapping dropped records without storing them."
        missing    = "The mapping reports this metric only while it processes records."
        namespace  = "AWS/Lambda"
        metric     = "DroppedEventCount"
        dimensions = { EventSourceMappingUUID = uuid }
        statistic  = "Sum"
        threshold  = var.thresholds.lost_records_per_5_minutes
        stays      = true
      }
    }
  ]...)

  # EventBridge reports rules on the default bus by RuleName alone, and AWS's own events arrive only on that bus.
  forwarding_alarms = merge([
    for key, rule in var.forwarding_rule_names : {
      "failed-deliveries-${key}" = {
        runbook    = "failed-deliveries"
        summary    = "EventBridge failed to deliver events of the rule ${rule} to the stream, after its retries."
        missing    = "EventBridge reports this metric only when it is not zero."
        namespace  = "AWS/Events"
        metric     = "FailedInvocations"
        dimensions = { RuleName = rule }
        statistic  = "Sum"
        threshold  = var.thresholds.failed_deliveries_per_5_minutes
        stays      = true
      }
      "lost-events-${key}" = {
        runbook    = "lost-events"
        summary    = "EventBridge could not deliver events of the rule ${rule} to the stream or to the dead-letter queue."
        missing    = "EventBridge reports this metric only when it is not zero."
        namespace  = "AWS/Events"
        metric     = "InvocationsFailedToBeSentToDlq"
        dimensions = { RuleName = rule }
        statistic  = "Sum"
        threshold  = var.thresholds.lost_events_per_5_minutes
        stays      = true
      }
    }
  ]...)

  dead_letter_alarms = {
    for key, queue in var.dead_letter_queue_names : "dead-letters-${key}" => {
      runbook    = "dead-letters"
      summary    = "The dead-letter queue ${queue} contains messages that could not be put on the stream."
      missing    = "SQS stops reporting a queue that has been empty and unused for six hours."
      namespace  = "AWS/SQS"
      metric     = "ApproximateNumberOfMessagesVisible"
      dimensions = { QueueName = queue }
      statistic  = "Maximum"
      threshold  = var.thresholds.dead_letters_messages
      stays      = false
    }
  }

  schedule_alarms = {
    for key, alarm in {
      schedule-errors = {
        runbook    = "schedule-errors"
        summary    = "The schedule of ${local.scheduled} failed to put its record on the stream and is retrying."
        missing    = "EventBridge Scheduler reports this metric only on attempts."
        namespace  = "AWS/Scheduler"
        metric     = "TargetErrorCount"
        dimensions = { ScheduleGroup = var.schedule_group_name }
        statistic  = "Sum"
        threshold  = var.thresholds.schedule_errors_per_5_minutes
        stays      = false
      }
      schedule-dropped = {
        runbook    = "schedule-dropped"
        summary    = "The schedule of ${local.scheduled} dropped a start after its retries."
        missing    = "EventBridge Scheduler reports this metric only on attempts."
        namespace  = "AWS/Scheduler"
        metric     = "InvocationDroppedCount"
        dimensions = { ScheduleGroup = var.schedule_group_name }
        statistic  = "Sum"
        threshold  = var.thresholds.schedule_dropped_per_5_minutes
        stays      = true
      }
      backfill-ended-early = {
        runbook    = "backfill-ended-early"
        summary    = "A backfill run ended before its last page; some existing instances were not processed."
        missing    = "The function publishes this step only when a run ends early."
        namespace  = var.metrics_namespace
        metric     = "BackfillPages"
        dimensions = merge(local.deployment, { Step = "ended-early" })
        statistic  = "Sum"
        threshold  = var.thresholds.backfill_ended_early_per_5_minutes
        stays      = true
      }
    } : key => alarm if var.schedule_name != null && !(var.schedule_only_sweeps && key == "backfill-ended-early")
  }

  scheduled = var.schedule_only_sweeps ? "sweeps" : "backfill runs"

  target_alarms = {
    for key, alarm in {
      target-launches = {
        runbook        = "target-launches"
        summary        = "${var.thresholds.target_launches_per_hour} or more instances were launched as mirror targets within an hour."
        missing        = "The function publishes this metric only for launches."
        namespace      = var.metrics_namespace
        metric         = "TargetsLaunched"
        dimensions     = local.deployment
        statistic      = "Sum"
        threshold      = var.thresholds.target_launches_per_hour
        period_seconds = 3600
        stays          = false
      }
    } : key => alarm if var.launches_targets
  }

  alarms = merge(
    local.function_alarms, local.mapping_alarms, local.forwarding_alarms, local.dead_letter_alarms, local.schedule_alarms,
    local.target_alarms,
  )
}
