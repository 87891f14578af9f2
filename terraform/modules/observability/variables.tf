variable "name" {
  description = "The deployment's name: the value of the dimension `Deployment` of its metrics, and the prefix of what this module makes."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,40}$", var.name))
    error_message = "name is 1 to 40 letters, digits, '-' or '_'."
  }
}

variable "metrics_namespace" {
  description = "The CloudWatch namespace of the function's metrics (its setting MIRROR_METRICS_NAMESPACE)."
  type        = string
  default     = "TrafficMirrorPipeline"

  validation {
    condition     = can(regex("^[A-Za-z0-9_./#-]{1,255}$", var.metrics_namespace)) && !startswith(var.metrics_namespace, "AWS/")
    error_message = "metrics_namespace is 1 to 255 letters, digits, '_', '.', '/', '#' or '-', and does not begin with 'AWS/', which CloudWatch keeps for AWS."
  }
}

variable "stream_name" {
  description = "The Kinesis stream."
  type        = string
}

variable "function_name" {
  description = "The function that consumes the stream."
  type        = string
}

variable "alias_name" {
  description = "The function's alias that the event source mapping invokes."
  type        = string
}

variable "event_source_mapping_uuids" {
  description = "The event source mappings that report the metric group EventCount, by a key of your own, for example `stream`. Without one there are no alarms on what a mapping gave up."
  type        = map(string)
  default     = {}
}

variable "forwarding_rule_names" {
  description = "The EventBridge rules of the default bus that forward to the stream, by what they forward, for example `launch`. Empty where none is enabled."
  type        = map(string)
  default     = {}
}

variable "dead_letter_queue_names" {
  description = "The SQS dead-letter queues of rules and schedule, by what they keep, for example `launch` or `backfill`. Empty where there are none."
  type        = map(string)
  default     = {}
}

variable "schedule_group_name" {
  description = "The EventBridge Scheduler group that holds the backfill's schedule and nothing else, or null where backfill is off."
  type        = string
  default     = null
}

variable "schedule_name" {
  description = "The backfill's schedule, or null where backfill is off. Only whether it is there matters: its name changes with the policy, and alarms must not."
  type        = string
  default     = null

  validation {
    condition     = (var.schedule_name == null) == (var.schedule_group_name == null)
    error_message = "schedule_name and schedule_group_name go together: give both, or neither where backfill is off."
  }
}

variable "schedule_only_sweeps" {
  description = "Whether that schedule only sweeps: there is then no alarm about runs that ended early."
  type        = bool
  default     = false
  nullable    = false
}

variable "launches_targets" {
  description = "Whether the function launches mirror targets, or removes those that it launched: only then there are an alarm and graphs about them."
  type        = bool
  default     = false
  nullable    = false
}

variable "alarm_topic_arns" {
  description = "The SNS topics that are told when an alarm goes off and when it is over; at most five (CloudWatch: actions of an alarm). Empty: alarms show, and nobody is told."
  type        = list(string)
  default     = []

  validation {
    condition     = length(var.alarm_topic_arns) <= 5
    error_message = "alarm_topic_arns holds at most five topics: CloudWatch takes no more actions for one state of an alarm."
  }
}

variable "thresholds" {
  description = "From what value on each alarm goes off (stream_reads_per_5_minutes: below what value, for three periods in a row), and how long one about something that happened stays on after it happened last."
  type = object({
    iterator_age_seconds                  = optional(number, 600)
    stream_reads_per_5_minutes            = optional(number, 1)
    function_errors_per_5_minutes         = optional(number, 1)
    function_throttles_per_5_minutes      = optional(number, 10)
    initialisation_failures_per_5_minutes = optional(number, 3)
    rejected_records_per_5_minutes        = optional(number, 1)
    retries_exhausted_per_5_minutes       = optional(number, 1)
    action_required_per_5_minutes         = optional(number, 1)
    backfill_ended_early_per_5_minutes    = optional(number, 1)
    discarded_records_per_5_minutes       = optional(number, 1)
    lost_records_per_5_minutes            = optional(number, 1)
    failed_deliveries_per_5_minutes       = optional(number, 1)
    lost_events_per_5_minutes             = optional(number, 1)
    schedule_errors_per_5_minutes         = optional(number, 3)
    schedule_dropped_per_5_minutes        = optional(number, 1)
    failure_bucket_errors_per_5_minutes   = optional(number, 1)
    dead_letters_messages                 = optional(number, 1)
    target_launches_per_hour              = optional(number, 20)
    stays_in_alarm_hours                  = optional(number, 7)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name, value in var.thresholds : value >= 1 && floor(value) == value])
    error_message = "Each of thresholds is a whole number of at least 1: an alarm at 0 would always be on."
  }

  validation {
    condition     = var.thresholds.stays_in_alarm_hours <= 24
    error_message = "thresholds.stays_in_alarm_hours is at most 24: CloudWatch looks back one day at most for an alarm with periods of five minutes."
  }
}

variable "runbook_base_url" {
  description = "Where the runbooks are; an alarm's description names `<this>/<runbook>.md`."
  type        = string
  default     = "docs/runbooks"
}

variable "tags" {
  description = "Tags for the alarms; a dashboard takes none."
  type        = map(string)
  default     = {}
}
