# Inputs that go to one module whole (batching, function, and most of stream) are checked there, in
# the same plan; what is checked here is what concerns several.

variable "region" {
  description = "AWS region. Destroy before you change it: what is in the old region would be forgotten."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2,4}(-[a-z]+)+-[0-9]+$", var.region))
    error_message = "region is '${var.region}': use the name of an AWS region, such as eu-central-1."
  }

  validation {
    condition     = !contains(["ap-southeast-6", "ap-east-2"], var.region)
    error_message = "region is '${var.region}', where Lambda has no SnapStart, which the function needs: use another region."
  }
}

variable "name" {
  description = "Name of this deployment, on everything that it makes: 1 to 40 letters, digits, '-' or '_'. Sessions belong to the deployment whose name they carry, so it cannot be changed later without losing track of them."
  type        = string
  default     = "traffic-mirror"
  nullable    = false

  # A schedule's name has 64 characters at most, and holds more than this.
  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,40}$", var.name))
    error_message = "name is '${var.name}': use 1 to 40 letters, digits, '-' or '_'."
  }

  validation {
    condition     = var.name != "default"
    error_message = "name is 'default', which is the name of the schedule group that AWS makes: use another name."
  }
}

variable "policy_file" {
  description = "Path of the mirror policy, as seen from where Terraform runs; null for config/<region>.yaml of this repository."
  type        = string
  default     = null
}

variable "enable_for_existing_instances" {
  description = "Look at all instances now, again on schedule, and whenever the policy has changed."
  type        = bool
  default     = true
  nullable    = false
}

variable "enable_for_instance_launch" {
  description = "Look at every instance that starts running."
  type        = bool
  default     = true
  nullable    = false
}

variable "enable_for_guardduty" {
  description = "Look at every instance that GuardDuty reports. GuardDuty itself has to be on already."
  type        = bool
  default     = false
  nullable    = false
}

variable "guardduty_min_severity" {
  description = "The lowest severity of a GuardDuty finding that counts: 0 to 10; 0 for all."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.guardduty_min_severity >= 0 && var.guardduty_min_severity <= 10
    error_message = "guardduty_min_severity is ${var.guardduty_min_severity}: use 0 to 10; findings of medium severity begin at 4, of high severity at 7."
  }
}

variable "dry_run" {
  description = "Plan and log, but change nothing: the function then has no permission to change anything in EC2 either."
  type        = bool
  default     = false
  nullable    = false
}

variable "backfill_interval_minutes" {
  description = "How many minutes after a run over all instances, or a sweep where only that is scheduled, started the next one does: 15 or more."
  type        = number
  default     = 360
  nullable    = false

  validation {
    condition     = var.backfill_interval_minutes >= 15 && var.backfill_interval_minutes == floor(var.backfill_interval_minutes)
    error_message = "backfill_interval_minutes is ${var.backfill_interval_minutes}: use a whole number, 15 or more, so that a run is over before the next one starts."
  }
}

variable "backfill_page_size" {
  description = "How many instances a page of such a run has: 5 to 1000."
  type        = number
  default     = 200
  nullable    = false

  validation {
    condition     = var.backfill_page_size >= 5 && var.backfill_page_size <= 1000 && var.backfill_page_size == floor(var.backfill_page_size)
    error_message = "backfill_page_size is ${var.backfill_page_size}: use a whole number from 5 to 1000, which is what DescribeInstances takes."
  }
}

variable "stream" {
  description = "The Kinesis stream: mode (ON_DEMAND, or PROVISIONED with shards), shards (1 or more; only for PROVISIONED), retention_hours (how long a record is kept, 24 to 8760; longer than batching.max_record_age_seconds), kms_key_arn (a key of your own; null for the one that AWS keeps for Kinesis)."
  type = object({
    mode            = optional(string, "ON_DEMAND")
    shards          = optional(number)
    retention_hours = optional(number, 24)
    kms_key_arn     = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["ON_DEMAND", "PROVISIONED"], var.stream.mode)
    error_message = "stream.mode is '${var.stream.mode}': use ON_DEMAND or PROVISIONED."
  }

  validation {
    condition     = var.stream.mode != "PROVISIONED" || var.stream.shards != null
    error_message = "A provisioned stream needs its number of shards: set stream.shards, or stream.mode to ON_DEMAND."
  }

  validation {
    condition     = var.stream.mode != "ON_DEMAND" || var.stream.shards == null
    error_message = "AWS finds the number of shards of a stream on demand: remove stream.shards, or set stream.mode to PROVISIONED."
  }

  validation {
    condition     = var.stream.retention_hours * 3600 > var.batching.max_record_age_seconds
    error_message = "The stream keeps a record for ${var.stream.retention_hours * 3600} seconds, but it is retried for ${var.batching.max_record_age_seconds}: raise stream.retention_hours, or lower batching.max_record_age_seconds."
  }
}

variable "batching" {
  description = "How records reach the function: size (records of a batch, 1 to 10000), window_seconds (how long a batch is waited for, 0 to 300; a second folds what belongs together into one look), parallelization_factor (batches of a shard under way at once, 1 to 10; the order per instance is kept), max_record_age_seconds (how old a record may get in retries before it goes to the failure bucket, 60 to 604800; less than the stream keeps it)."
  type = object({
    size                   = optional(number, 100)
    window_seconds         = optional(number, 1)
    parallelization_factor = optional(number, 10)
    max_record_age_seconds = optional(number, 21600)
  })
  default  = {}
  nullable = false
}

variable "function" {
  description = "The function: memory_mb (512 to 10240), architecture (arm64 or x86_64), timeout_seconds (30 to 900), log_retention_days (a value that CloudWatch knows; 0 for ever), log_level (INFO, or WARN for nothing but what an operator acts on), metrics_namespace (in CloudWatch), instance_retry_seconds (how long one instance is tried across deliveries, 0 to 3600), writes_in_flight (writes to EC2 under way at once, 1 to 50), run_max_pages and run_max_hours (bounds of a run over all instances, 1 to 1000000 and 1 to 168), reserved_concurrency (invocations kept for the function, which are then its most; null for none), vpc (subnet_ids and security_group_ids to place it in, with a way to EC2, Kinesis, S3 and CloudWatch; null for none), environment (more environment variables, for example AWS_ENDPOINT_URL_EC2)."
  type = object({
    memory_mb              = optional(number, 1024)
    architecture           = optional(string, "arm64")
    timeout_seconds        = optional(number, 300)
    log_retention_days     = optional(number, 30)
    log_level              = optional(string, "INFO")
    metrics_namespace      = optional(string, "TrafficMirrorPipeline")
    instance_retry_seconds = optional(number, 120)
    writes_in_flight       = optional(number, 4)
    run_max_pages          = optional(number, 2000)
    run_max_hours          = optional(number, 24)
    reserved_concurrency   = optional(number)
    vpc = optional(object({
      subnet_ids         = list(string)
      security_group_ids = list(string)
    }))
    environment = optional(map(string), {})
  })
  default  = {}
  nullable = false
}

variable "targets_on_demand" {
  description = "Targets that are launched as they are needed: launches_per_invocation (instances that one invocation launches at most, 1 to 50; what is left waits for its retry), sweep_after_minutes (how old an instance has to be before a sweep removes it and its target, where no session uses that: 10 to 10080; 0 for no sweep), sweep_limit (instances that one sweep removes at most, 1 to 100), keep_sweeping (whether to go on removing what was launched when no entry of the policy asks for such targets any more), more_source_families (instance families that may cause a launch besides those on AWS's list of what can be mirrored, for example m9g)."
  type = object({
    launches_per_invocation = optional(number, 5)
    sweep_after_minutes     = optional(number, 60)
    sweep_limit             = optional(number, 10)
    keep_sweeping           = optional(bool, false)
    more_source_families    = optional(list(string), [])
  })
  default  = {}
  nullable = false
}

variable "alarms" {
  description = "The alarms: topic_arns (SNS topics that are told when one goes off and when it is over), runbook_base_url (where docs/runbooks is to be found, which each alarm names), thresholds (from what value on each goes off; see modules/observability for all of them and what they are unless set)."
  type = object({
    topic_arns       = optional(list(string), [])
    runbook_base_url = optional(string, "docs/runbooks")
    thresholds = optional(object({
      iterator_age_seconds                  = optional(number)
      stream_reads_per_5_minutes            = optional(number)
      function_errors_per_5_minutes         = optional(number)
      function_throttles_per_5_minutes      = optional(number)
      initialisation_failures_per_5_minutes = optional(number)
      rejected_records_per_5_minutes        = optional(number)
      retries_exhausted_per_5_minutes       = optional(number)
      action_required_per_5_minutes         = optional(number)
      backfill_ended_early_per_5_minutes    = optional(number)
      discarded_records_per_5_minutes       = optional(number)
      lost_records_per_5_minutes            = optional(number)
      failed_deliveries_per_5_minutes       = optional(number)
      lost_events_per_5_minutes             = optional(number)
      schedule_errors_per_5_minutes         = optional(number)
      schedule_dropped_per_5_minutes        = optional(number)
      failure_bucket_errors_per_5_minutes   = optional(number)
      dead_letters_messages                 = optional(number)
      target_launches_per_hour              = optional(number)
      stays_in_alarm_hours                  = optional(number)
    }), {})
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for arn in var.alarms.topic_arns : can(regex("^arn:[^:]+:sns:[^:]+:[0-9]{12}:[^:]+$", arn))])
    error_message = "alarms.topic_arns has something else than ARNs of SNS topics: use arn:aws:sns:<region>:<account>:<topic>."
  }
}

variable "failure_retention_days" {
  description = "For how many days the failure bucket keeps what was given up on: 1 or more."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.failure_retention_days >= 1 && var.failure_retention_days == floor(var.failure_retention_days)
    error_message = "failure_retention_days is ${var.failure_retention_days}: use a whole number, 1 or more."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the permissions boundary of all roles; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[^:]+:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn has to be the ARN of a policy: arn:aws:iam::...:policy/..."
  }
}

variable "package_file" {
  description = "Path of the function's package, as seen from where Terraform runs; null for what mvn package makes in this repository."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of everything that takes tags, besides traffic-mirror-pipeline:deployment, which is always set."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.tags) : !startswith(lower(key), "aws:") && !startswith(key, "traffic-mirror-pipeline:")
    ])
    error_message = "tags must not have keys that begin with aws:, which AWS keeps for itself, or traffic-mirror-pipeline:, which say what belongs to a deployment."
  }

  validation {
    condition     = length(var.tags) <= 40
    error_message = "tags has ${length(var.tags)}: AWS takes 50 on a resource, and some are needed here: use 40 at most."
  }
}
