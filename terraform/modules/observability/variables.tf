variable "name" {
  description = "Name of the deployment: the value of the metric dimension `Deployment`, and the prefix of all names in this module."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,40}$", var.name))
    error_message = "name must be 1 to 40 letters, digits, '-' or '_'."
  }
}

variable "metrics_namespace" {
  description = "CloudWatch namespace of the function's metrics (its setting MIRROR_METRICS_NAMESPACE)."
  type        = string
  default     = "TrafficMirrorPipeline"

  validation {
    condition     = can(regex("^[A-Za-z0-9_./#-]{1,255}$", var.metrics_namespace)) && !startswith(var.metrics_namespace, "AWS/")
    error_message = "metrics_namespace must be 1 to 255 letters, digits, '_', '.', '/', '#' or '-', and must not start with 'AWS/', which CloudWatch reserves."
  }
}

variable "stream_name" {
  description = "Name of the Kinesis stream."
  type        = string
}

variable "function_name" {
  description = "Name of the function that consumes the stream."
  type        = string
}

variable "alias_name" {
  description = "Name of the function's alias that the event source mapping invokes."
  type        = string
}

variable "event_source_mapping_uuids" {
  description = "UUIDs of the event source mappings that report the metric group EventCount, by any key, for example `stream`. If empty, there are no alarms about discarded and lost records."
  type        = map(string)
  default     = {}
}

variable "forwarding_rule_names" {
  description = "Names of the EventBridge rules on the default bus that forward to the stream, by event source, for example `launch`. Empty if none is enabled."
  type        = map(string)
  default     = {}
}

variable "dead_letter_queue_names" {
  description = "Names of the SQS dead-letter queues of rules and schedule, by source, for example `launch` or `backfill`. Empty if there are none."
  type        = map(string)
  default     = {}
}

variable "schedule_group_name" {
  description = "Name of the EventBridge Scheduler group that contains only the backfill schedule; null if backfill is off."
  type        = string
  default     = null
}

variable "schedule_name" {
  description = "Name of the backfill schedule; null if backfill is off. Only whether it is null matters: the name changes with the policy, and alarms must not."
  type        = string
  default     = null

  validation {
    condition     = (var.schedule_name == null) == (var.schedule_group_name == null)
    error_message = "schedule_name and schedule_group_name go together: set both, or neither if backfill is off."
  }
}

variable "schedule_only_sweeps" {
  description = "Whether the schedule only sweeps; there is then no alarm about runs that ended early."
  type        = bool
  default     = false
  nullable    = false
}

variable "launches_targets" {
  description = "Whether the function launches or removes mirror targets; if not, there are no alarm and graphs about them."
  type        = bool
  default     = false
  nullable    = false
}

variable "alarm_topic_arns" {
  description = "SNS topics to notify when an alarm fires and when it clears: at most five (CloudWatch limit on actions of an alarm). If empty, alarms change state but notify nobody."
  type        = list(string)
  default     = []

  validation {
    condition     = length(var.alarm_topic_arns) <= 5
    error_message = "alarm_topic_arns must contain at most five topics: CloudWatch allows no more actions for one state of an alarm."
  }
}

variable "thresholds" {
  description = "The value at which each alarm fires; the name holds the unit and the period."
  type = object({
    # Iterator age in seconds.
    iterator_age_seconds = optional(number, 600)
    # Successful reads of the stream; the alarm fires below this value, for three periods in a row.
    stream_reads_per_5_minutes = optional(number, 1)
    # Failed invocations.
    function_errors_per_5_minutes = optional(number, 1)
    # Throttled invocations.
    function_throttles_per_5_minutes = optional(number, 10)
    # Failed initialisations of the function.
    initialisation_failures_per_5_minutes = optional(number, 3)
    # Records that cannot be parsed.
    rejected_records_per_5_minutes = optional(number, 1)
    # Instances whose retries are exhausted.
    retries_exhausted_per_5_minutes = optional(number, 1)
    # Instances that need an operator.
    action_required_per_5_minutes = optional(number, 1)
    # Backfill runs that ended before their last page.
    backfill_ended_early_per_5_minutes = optional(number, 1)
    # Records that an event source mapping discarded into the failure bucket.
    discarded_records_per_5_minutes = optional(number, 1)
    # Records that an event source mapping dropped without storing them.
    lost_records_per_5_minutes = optional(number, 1)
    # Events that EventBridge could not deliver to the stream.
    failed_deliveries_per_5_minutes = optional(number, 1)
    # Events that EventBridge could not send to the dead-letter queue either.
    lost_events_per_5_minutes = optional(number, 1)
    # Failed attempts of the schedule.
    schedule_errors_per_5_minutes = optional(number, 3)
    # Runs or sweeps that the schedule did not start.
    schedule_dropped_per_5_minutes = optional(number, 1)
    # Discarded batches that Lambda could not write to the failure bucket.
    failure_bucket_errors_per_5_minutes = optional(number, 1)
    # Messages in a dead-letter queue.
    dead_letters_messages = optional(number, 1)
    # Instances launched as mirror targets.
    target_launches_per_hour = optional(number, 20)
    # Hours that an alarm about a single event stays on after the last such event: 1 to 24.
    stays_in_alarm_hours = optional(number, 7)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name, value in var.thresholds : value >= 1 && floor(value) == value])
    error_message = "Each threshold must be a whole number of at least 1: an alarm at 0 would always be on."
  }

  validation {
    condition     = var.thresholds.stays_in_alarm_hours <= 24
    error_message = "thresholds.stays_in_alarm_hours must be at most 24: CloudWatch evaluates at most one day for an alarm with periods of five minutes."
  }
}

variable "runbook_base_url" {
  description = "Base URL of the runbooks; an alarm's description contains `<runbook_base_url>/<runbook>.md`."
  type        = string
  default     = "docs/runbooks"
}

variable "tags" {
  description = "Tags for the alarms; dashboards do not support tags."
  type        = map(string)
  default     = {}
}
