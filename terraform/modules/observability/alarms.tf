# One entry for each alarm. `runbook` is the file in docs/runbooks; alarms of one kind share it. `missing` says why no data
# counts as fine, or as trouble where the alarm is about too little (`below`). With `stays`, an alarm is on until nothing of
# the kind was seen for so long: a trouble that each backfill run meets again then is one alarm, and not one for each run.
locals {
  function_alarms = {
    iterator-age = {
      runbook    = "iterator-age"
      says       = "The consumer is ${var.thresholds.iterator_age_seconds} seconds or more behind the stream."
      missing    = "Lambda reports an age only when it invokes the function, and an empty stream invokes nothing."
      namespace  = "AWS/Lambda"
      metric     = "IteratorAge"
      dimensions = local.function_dimensions
      statistic  = "Maximum"
      threshold  = var.thresholds.iterator_age_seconds * 1000
      stays      = false
    }
    stream-not-read = {
      runbook    = "stream-not-read"
      says       = "Nobody reads the stream any more, for a quarter of an hour at least: the event source mapping is disabled, gone, or may not read."
      missing    = "Lambda asks every shard about once a second, also where nothing comes, and Kinesis counts each read that succeeds."
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
      says       = "The function threw, ran out of time or of memory; its batches are delivered again."
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
      says       = "Lambda has no concurrency left for the function."
      missing    = "Lambda reports throttles only when somebody invokes the function."
      namespace  = "AWS/Lambda"
      metric     = "Throttles"
      dimensions = local.function_dimensions
      statistic  = "Sum"
      threshold  = var.thresholds.function_throttles_per_5_minutes
      stays      = false
    }
    initialisation-failures = {
      runbook    = "initialisation-failures"
      says       = "The function cannot work with its settings or its policy: every batch goes back."
      missing    = "The function counts failures only, so no data means no failure."
      namespace  = var.metrics_namespace
      metric     = "InitialisationFailures"
      dimensions = local.deployment
      statistic  = "Sum"
      threshold  = var.thresholds.initialisation_failures_per_5_minutes
      stays      = false
    }
    rejected-records = {
      runbook    = "rejected-records"
      says       = "Records that can never be understood were put aside in the failure bucket."
      missing    = "The function counts rejected records only, so no data means none."
      namespace  = var.metrics_namespace
      metric     = "RejectedRecords"
      dimensions = local.deployment
      statistic  = "Sum"
      threshold  = var.thresholds.rejected_records_per_5_minutes
      stays      = true
    }
    retries-exhausted = {
      runbook    = "retries-exhausted"
      says       = "Instances were tried for long enough and are not mirrored; they are kept in the failure bucket."
      missing    = "The function counts such instances only, so no data means none."
      namespace  = var.metrics_namespace
      metric     = "RetriesExhausted"
      dimensions = local.deployment
      statistic  = "Sum"
      threshold  = var.thresholds.retries_exhausted_per_5_minutes
      stays      = true
    }
    action-required = {
      runbook    = "action-required"
      says       = "Instances cannot be mirrored until a person acts: a permission, a limit, a target or a filter."
      missing    = "The function counts such outcomes only, so no data means none."
      namespace  = var.metrics_namespace
      metric     = "ActionRequired"
      dimensions = local.deployment
      statistic  = "Sum"
      threshold  = var.thresholds.action_required_per_5_minutes
      stays      = true
    }
    failure-bucket-errors = {
      runbook    = "failure-bucket-errors"
      says       = "Lambda could not write a batch that it gave up on to the failure bucket: its records are lost."
      missing    = "Lambda reports deliveries only when there is something to deliver."
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
        says       = "The event source mapping gave records up and put them into the failure bucket."
        missing    = "The mapping reports only while records come."
        namespace  = "AWS/Lambda"
        metric     = "OnFailureDestinationDeliveredEventCount"
        dimensions = { EventSourceMappingUUID = uuid }
        statistic  = "Sum"
        threshold  = var.thresholds.discarded_records_per_5_minutes
        stays      = true
      }
      "lost-records-${key}" = {
        runbook    = "lost-records"
        says       = "The event source mapping dropped records that it put nowhere."
        missing    = "The mapping reports only while records come."
        namespace  = "AWS/Lambda"
        metric     = "DroppedEventCount"
        dimensions = { EventSourceMappingUUID = uuid }
        statistic  = "Sum"
        threshold  = var.thresholds.lost_records_per_5_minutes
        stays      = true
      }
    }
  ]...)

  # Only RuleName: that is how EventBridge reports rules of the default bus, and AWS's own events go nowhere else.
  forwarding_alarms = merge([
    for key, rule in var.forwarding_rule_names : {
      "failed-deliveries-${key}" = {
        runbook    = "failed-deliveries"
        says       = "EventBridge gave up to deliver events of the rule ${rule} to the stream."
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
        says       = "EventBridge could put events of the rule ${rule} neither on the stream nor into the dead-letter queue."
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
      says       = "The dead-letter queue ${queue} holds what could not be put on the stream."
      missing    = "SQS stops to report a queue that has been empty and unused for six hours."
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
        says       = "The schedule of ${local.scheduled} cannot put its record on the stream and tries again."
        missing    = "EventBridge Scheduler reports only when it invokes."
        namespace  = "AWS/Scheduler"
        metric     = "TargetErrorCount"
        dimensions = { ScheduleGroup = var.schedule_group_name }
        statistic  = "Sum"
        threshold  = var.thresholds.schedule_errors_per_5_minutes
        stays      = false
      }
      schedule-dropped = {
        runbook    = "schedule-dropped"
        says       = "The schedule of ${local.scheduled} gave up: one of them did not start."
        missing    = "EventBridge Scheduler reports only when it invokes."
        namespace  = "AWS/Scheduler"
        metric     = "InvocationDroppedCount"
        dimensions = { ScheduleGroup = var.schedule_group_name }
        statistic  = "Sum"
        threshold  = var.thresholds.schedule_dropped_per_5_minutes
        stays      = true
      }
      backfill-ended-early = {
        runbook    = "backfill-ended-early"
        says       = "A backfill run ended before its last page: instances that already ran may not have been looked at."
        missing    = "The function counts such ends only, so no data means none."
        namespace  = var.metrics_namespace
        metric     = "BackfillPages"
        dimensions = merge(local.deployment, { Step = "ended-early" })
        statistic  = "Sum"
        threshold  = var.thresholds.backfill_ended_early_per_5_minutes
        stays      = true
      }
    } : key => alarm if var.schedule_name != null && !(var.schedule_only_sweeps && key == "backfill-ended-early")
  }

  scheduled = var.schedule_only_sweeps ? "sweeps" : "runs over all instances"

  target_alarms = {
    for key, alarm in {
      target-launches = {
        runbook        = "target-launches"
        says           = "${var.thresholds.target_launches_per_hour} or more instances were launched as mirror targets within an hour."
        missing        = "The function counts launches only, so no data means none."
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
