locals {
  # EC2's throttling error codes; a test compares them with the code.
  throttle_codes = [
    "RequestLimitExceeded", "Client.RequestLimitExceeded", "Throttling", "ThrottlingException", "ThrottledException",
    "RequestThrottled", "RequestThrottledException", "EC2ThrottledException", "TooManyRequestsException", "SlowDown",
  ]

  lambda_alias = ["FunctionName", var.function_name, "Resource", "${var.function_name}:${var.alias_name}"]

  stream_row = {
    title = "Stream ${var.stream_name}"
    widgets = [
      {
        title = "In"
        metrics = [
          ["AWS/Kinesis", "IncomingRecords", "StreamName", var.stream_name, { stat = "Sum", label = "records" }],
          ["AWS/Kinesis", "IncomingBytes", "StreamName", var.stream_name, { stat = "Sum", label = "bytes", yAxis = "right" }],
        ]
      },
      {
        title = "Out"
        metrics = [
          ["AWS/Kinesis", "GetRecords.Records", "StreamName", var.stream_name, { stat = "Sum", label = "records" }],
          ["AWS/Kinesis", "GetRecords.Bytes", "StreamName", var.stream_name, { stat = "Sum", label = "bytes", yAxis = "right" }],
        ]
      },
      {
        title = "Iterator age (ms)"
        metrics = [
          ["AWS/Lambda", "IteratorAge", "FunctionName", var.function_name, { stat = "Maximum", label = "after processing" }],
          ["AWS/Kinesis", "GetRecords.IteratorAgeMilliseconds", "StreamName", var.stream_name, { stat = "Maximum", label = "when read" }],
        ]
        annotations = {
          horizontal = [{ label = "alarm", value = var.thresholds.iterator_age_seconds * 1000 }]
        }
      },
      {
        title = "Throttled"
        metrics = [
          ["AWS/Kinesis", "WriteProvisionedThroughputExceeded", "StreamName", var.stream_name, { stat = "Sum", label = "writes" }],
          ["AWS/Kinesis", "ReadProvisionedThroughputExceeded", "StreamName", var.stream_name, { stat = "Sum", label = "reads" }],
          ["AWS/Kinesis", "PutRecords.ThrottledRecords", "StreamName", var.stream_name, { stat = "Sum", label = "PutRecords records" }],
        ]
      },
    ]
  }

  function_row = {
    title = "Function ${var.function_name}, alias ${var.alias_name}"
    widgets = [
      {
        title = "Duration (ms)"
        metrics = [
          for stat in ["p50", "p99", "Maximum"] :
          concat(["AWS/Lambda", "Duration"], local.lambda_alias, [{ stat = stat, label = stat }])
        ]
      },
      {
        title = "Invocations and errors"
        metrics = [
          for metric in ["Invocations", "Errors"] :
          concat(["AWS/Lambda", metric], local.lambda_alias, [{ stat = "Sum", label = lower(metric) }])
        ]
      },
      {
        title = "Concurrency and throttles"
        metrics = [
          ["AWS/Lambda", "ConcurrentExecutions", "FunctionName", var.function_name, { stat = "Maximum", label = "concurrency" }],
          ["AWS/Lambda", "Throttles", "FunctionName", var.function_name, { stat = "Sum", label = "throttles" }],
        ]
      },
      {
        title = "Batches"
        metrics = [
          concat(local.plain.BatchRecords, [{ stat = "Sum", label = "records" }]),
          concat(local.plain.BatchInstances, [{ stat = "Sum", label = "instances" }]),
          concat(local.plain.Deferred, [{ stat = "Sum", label = "deferred" }]),
          concat(local.plain.BatchTime, [{ stat = "p99", label = "time, p99 (ms)", yAxis = "right" }]),
        ]
      },
    ]
  }

  outcome_row = {
    title = "Instances"
    widgets = [
      {
        title   = "Outcomes by reason and trigger"
        stacked = true
        metrics = [[{ expression = "SEARCH('${local.search.Outcomes}', 'Sum')", id = "outcomes", label = "$${PROP('Dim.Outcome')} ($${PROP('Dim.Trigger')})" }]]
      },
      {
        title = "Event to session (ms)"
        metrics = [
          for stat in ["p50", "p99"] :
          [{ expression = "SEARCH('${local.search.EventToSession}', '${stat}')", id = stat, label = "$${PROP('Dim.Trigger')} ${stat}" }]
        ]
      },
      {
        title = "Action required"
        metrics = concat(
          [
            concat(local.plain.ActionRequired, [{ stat = "Sum", label = "action required" }]),
            concat(local.plain.RetriesExhausted, [{ stat = "Sum", label = "retries exhausted" }]),
            concat(local.plain.RejectedRecords, [{ stat = "Sum", label = "rejected records" }]),
            concat(local.plain.InitialisationFailures, [{ stat = "Sum", label = "initialisation failures" }]),
          ],
          [[{ expression = "SEARCH('${local.search.BatchRetries}', 'Sum')", id = "retries", label = "batch retries: $${PROP('Dim.Cause')}" }]],
        )
      },
      {
        title   = "Ignored events by reason"
        metrics = [[{ expression = "SEARCH('${local.search.IgnoredEvents}', 'Sum')", id = "ignored", label = "$${PROP('Dim.Reason')}" }]]
      },
    ]
  }

  ec2_row = {
    title = "Calls to EC2"
    widgets = [
      {
        title   = "By action and result"
        stacked = true
        metrics = [[{ expression = "SEARCH('${local.search.Ec2Calls}', 'Sum')", id = "calls", label = "$${PROP('Dim.Action')} $${PROP('Dim.Result')}" }]]
      },
      {
        title = "Throttled, by action"
        metrics = [[{
          expression = "SEARCH('${local.search.Ec2Calls} Result=(${join(" OR ", [for code in local.throttle_codes : "\"${code}\""])})', 'Sum')"
          id         = "throttled"
          label      = "$${PROP('Dim.Action')} $${PROP('Dim.Result')}"
        }]]
      },
    ]
  }

  target_row = {
    title = "Targets on demand"
    widgets = [
      for widget in [
        {
          title = "Launched, reused and swept"
          metrics = [
            concat(local.plain.TargetsLaunched, [{ stat = "Sum", label = "instances launched" }]),
            concat(local.plain.TargetsReused, [{ stat = "Sum", label = "sources placed on existing targets" }]),
            concat(local.plain.TargetsSwept, [{ stat = "Sum", label = "instances swept" }]),
          ]
        },
        {
          title   = "Launched per hour"
          period  = 3600
          metrics = [concat(local.plain.TargetsLaunched, [{ stat = "Sum", label = "instances launched" }])]
          annotations = {
            horizontal = [{ label = "alarm", value = var.thresholds.target_launches_per_hour }]
          }
        },
        {
          title = "Pools at each sweep"
          metrics = [
            concat(local.plain.PoolSize, [{ stat = "Maximum", label = "instances" }]),
            concat(local.plain.PoolFreeCapacity, [{ stat = "Minimum", label = "free capacity" }]),
          ]
        },
      ] : widget if var.launches_targets
    ]
  }

  delivery_row = {
    title = "Backfill and deliveries to the stream"
    widgets = [
      {
        title   = "Backfill pages by step"
        stacked = true
        metrics = [[{ expression = "SEARCH('${local.search.BackfillPages}', 'Sum')", id = "pages", label = "$${PROP('Dim.Step')}" }]]
      },
      {
        title = "Schedule"
        metrics = [
          for metric, label in { InvocationAttemptCount = "attempts", TargetErrorCount = "errors", InvocationDroppedCount = "dropped" } :
          ["AWS/Scheduler", metric, "ScheduleGroup", var.schedule_group_name, { stat = "Sum", label = label }]
          if var.schedule_group_name != null
        ]
      },
      {
        title = "Rules"
        metrics = flatten([
          for key, rule in var.forwarding_rule_names : [
            for metric, label in {
              Invocations = "delivered", FailedInvocations = "failed", ThrottledRules = "throttled", InvocationsFailedToBeSentToDlq = "lost"
            } : { metric = ["AWS/Events", metric, "RuleName", rule, { stat = "Sum", label = "${key}: ${label}" }] }
          ]
        ])[*].metric
      },
      {
        title = "Dead letters"
        metrics = [
          for key, queue in var.dead_letter_queue_names :
          ["AWS/SQS", "ApproximateNumberOfMessagesVisible", "QueueName", queue, { stat = "Maximum", label = key }]
        ]
      },
    ]
  }

  # CloudWatch rejects a graph without metrics; a disabled switch would leave one.
  rows = [
    for row in [local.stream_row, local.function_row, local.outcome_row, local.ec2_row, local.target_row, local.delivery_row] : {
      title   = row.title
      widgets = [for widget in row.widgets : widget if length(widget.metrics) > 0]
    } if length(row.widgets) > 0
  ]

  # The grid is 24 wide. The alarms are 2 high; each row below has a heading 1 high and graphs 6 high.
  widgets = flatten([
    [{
      type       = "alarm", x = 0, y = 0, width = 24, height = 2
      properties = { title = "Alarms", alarms = [for alarm in aws_cloudwatch_metric_alarm.this : alarm.arn] }
    }],
    [
      for index, row in local.rows : concat(
        [{ type = "text", x = 0, y = 2 + index * 7, width = 24, height = 1, properties = { markdown = "## ${row.title}" } }],
        [
          for place, widget in row.widgets : {
            type       = "metric"
            x          = place * floor(24 / length(row.widgets))
            y          = 3 + index * 7
            width      = floor(24 / length(row.widgets))
            height     = 6
            properties = merge({ region = data.aws_region.current.id, view = "timeSeries", period = local.period_seconds }, widget)
          }
        ],
      )
    ],
  ])
}
