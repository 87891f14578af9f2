# The modules validate most settings inside batching, function, stream and targets_on_demand; the checks below cover the others.
# Both run during plan.

variable "region" {
  description = "AWS Region. Run terraform destroy before you change it; otherwise Terraform loses track of the resources in the old Region."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2,4}(-[a-z]+)+-[0-9]+$", var.region))
    error_message = "region is '${var.region}': use the name of an AWS Region, for example eu-central-1."
  }

  validation {
    condition     = !contains(["ap-southeast-6", "ap-east-2"], var.region)
    error_message = "region is '${var.region}', where Lambda does not support SnapStart, which the function requires: use another Region."
  }
}

variable "name" {
  description = "Name of this deployment, used in the names and tags of its resources: 1 to 40 letters, digits, '-' or '_'. Sessions belong to the deployment whose name is in their tag, so changing the name later loses track of them."
  type        = string
  default     = "traffic-mirror"
  nullable    = false

  # A schedule name has at most 64 characters and contains more than this name.
  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,40}$", var.name))
    error_message = "name is '${var.name}': use 1 to 40 letters, digits, '-' or '_'."
  }

  validation {
    condition     = var.name != "default"
    error_message = "name is 'default', which is the name of AWS's own schedule group: use another name."
  }
}

variable "policy_file" {
  description = "Path of the mirror policy, relative to the working directory of Terraform; null for config/<region>.yaml in this repository."
  type        = string
  default     = null
}

variable "enable_for_existing_instances" {
  description = "Process all existing instances now, on a schedule, and whenever the policy changes."
  type        = bool
  default     = true
  nullable    = false
}

variable "enable_for_instance_launch" {
  description = "Process every instance that enters the running state."
  type        = bool
  default     = true
  nullable    = false
}

variable "enable_for_guardduty" {
  description = "Process every instance that a GuardDuty finding reports. GuardDuty must already be enabled."
  type        = bool
  default     = false
  nullable    = false
}

variable "guardduty_min_severity" {
  description = "Minimum severity of a GuardDuty finding: 0 to 10; 0 accepts all findings."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.guardduty_min_severity >= 0 && var.guardduty_min_severity <= 10
    error_message = "guardduty_min_severity is ${var.guardduty_min_severity}: use 0 to 10; medium severity starts at 4, high severity at 7."
  }
}

variable "dry_run" {
  description = "Plan and log, but change nothing. The function then has no permission to change anything in EC2."
  type        = bool
  default     = false
  nullable    = false
}

variable "backfill_interval_minutes" {
  description = "Minutes between the starts of two backfill runs, or of two sweeps if only sweeps are scheduled: 15 or more."
  type        = number
  default     = 360
  nullable    = false

  validation {
    condition     = var.backfill_interval_minutes >= 15 && var.backfill_interval_minutes == floor(var.backfill_interval_minutes)
    error_message = "backfill_interval_minutes is ${var.backfill_interval_minutes}: use a whole number, 15 or more; in a large fleet more than a run takes, because a new run ends one that is in progress."
  }
}

variable "backfill_page_size" {
  description = "Instances in a page of a backfill run: 5 to 1000."
  type        = number
  default     = 200
  nullable    = false

  validation {
    condition     = var.backfill_page_size >= 5 && var.backfill_page_size <= 1000 && var.backfill_page_size == floor(var.backfill_page_size)
    error_message = "backfill_page_size is ${var.backfill_page_size}: use a whole number from 5 to 1000, the range that DescribeInstances accepts."
  }
}

variable "stream" {
  description = "Settings of the Kinesis stream."
  type = object({
    # ON_DEMAND, or PROVISIONED with shards.
    mode = optional(string, "ON_DEMAND")
    # Number of shards, 1 or more; only for PROVISIONED.
    shards = optional(number)
    # Hours to keep a record: 24 to 8760, longer than batching.max_record_age_seconds.
    retention_hours = optional(number, 24)
    # ARN of a customer managed KMS key; null for the AWS managed key.
    kms_key_arn = optional(string)
  })
  default  = {}
  nullable = false

  validation {
    condition     = contains(["ON_DEMAND", "PROVISIONED"], var.stream.mode)
    error_message = "stream.mode is '${var.stream.mode}': use ON_DEMAND or PROVISIONED."
  }

  validation {
    condition     = var.stream.mode != "PROVISIONED" || var.stream.shards != null
    error_message = "A provisioned stream needs a number of shards: set stream.shards, or set stream.mode to ON_DEMAND."
  }

  validation {
    condition     = var.stream.mode != "ON_DEMAND" || var.stream.shards == null
    error_message = "AWS chooses the number of shards of an on-demand stream: remove stream.shards, or set stream.mode to PROVISIONED."
  }

  validation {
    condition     = var.stream.retention_hours * 3600 > var.batching.max_record_age_seconds
    error_message = "The stream keeps a record for ${var.stream.retention_hours * 3600} seconds, but the mapping retries it for ${var.batching.max_record_age_seconds} seconds: raise stream.retention_hours, or lower batching.max_record_age_seconds."
  }
}

variable "batching" {
  description = "How the event source mapping batches and retries records."
  type = object({
    # Records in a batch: 1 to 10000.
    size = optional(number, 100)
    # Seconds to wait for a batch to fill: 0 to 300. With one second, events about the same instance are usually processed together.
    window_seconds = optional(number, 1)
    # Batches of one shard in progress at once: 1 to 10. Order per instance is preserved.
    parallelization_factor = optional(number, 10)
    # Maximum age of a record in seconds, time spent waiting included; an older record goes to the failure bucket: 60 to 604800, less than the stream's retention.
    max_record_age_seconds = optional(number, 21600)
  })
  default  = {}
  nullable = false
}

variable "function" {
  description = "Settings of the function."
  type = object({
    # Memory in MB: 512 to 10240.
    memory_mb = optional(number, 1024)
    # arm64 or x86_64.
    architecture = optional(string, "arm64")
    # Timeout of an invocation in seconds: 30 to 900.
    timeout_seconds = optional(number, 300)
    # Days to keep logs: a value that CloudWatch accepts; 0 keeps them forever.
    log_retention_days = optional(number, 30)
    # INFO, or WARN to log only what an operator acts on.
    log_level = optional(string, "INFO")
    # CloudWatch namespace of the function's metrics.
    metrics_namespace = optional(string, "TrafficMirrorPipeline")
    # Seconds to retry one instance across deliveries: 0 to 3600, less than batching.max_record_age_seconds.
    instance_retry_seconds = optional(number, 120)
    # EC2 writes in progress at once: 1 to 50.
    writes_in_flight = optional(number, 4)
    # Pages after which a backfill run ends early: 1 to 1000000.
    run_max_pages = optional(number, 2000)
    # Hours after which a backfill run ends early: 1 to 168.
    run_max_hours = optional(number, 24)
    # Concurrent invocations to reserve, which is also the maximum: 1 or more; null reserves none.
    reserved_concurrency = optional(number)
    # VPC to run in: subnet_ids and security_group_ids, with a route to EC2, Kinesis, S3 and CloudWatch; null to run outside a VPC.
    vpc = optional(object({
      subnet_ids         = list(string)
      security_group_ids = list(string)
    }))
    # Additional environment variables, for example AWS_ENDPOINT_URL_EC2.
    environment = optional(map(string), {})
  })
  default  = {}
  nullable = false
}

variable "targets_on_demand" {
  description = "Limits for mirror targets that are launched on demand."
  type = object({
    # Maximum instances that one invocation launches: 1 to 50. Any others are launched when the batch is retried.
    launches_per_invocation = optional(number, 5)
    # Age in minutes at which a sweep removes an instance and its target if no session uses them: 10 to 10080; 0 disables sweeps.
    sweep_after_minutes = optional(number, 60)
    # Maximum instances that one sweep removes: 1 to 100.
    sweep_limit = optional(number, 10)
    # Keep sweeping launched instances after the last entry with targets on demand has left the policy.
    keep_sweeping = optional(bool, false)
    # Families of source instances for which a target may be launched, besides those that AWS lists as sources, for example m9g.
    more_source_families = optional(list(string), [])
  })
  default  = {}
  nullable = false
}

variable "alarms" {
  description = "Notifications and thresholds of the alarms."
  type = object({
    # SNS topics to notify when an alarm fires and when it clears.
    topic_arns = optional(list(string), [])
    # Prefix of the runbook's path in each alarm's description; set a URL to get a link.
    runbook_base_url = optional(string, "docs/runbooks")
    # Thresholds of the alarms, and how long some of them stay on; modules/observability documents each threshold and its default.
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
    error_message = "alarms.topic_arns must contain only ARNs of SNS topics: arn:aws:sns:<region>:<account>:<topic>."
  }
}

variable "failure_retention_days" {
  description = "Days that the failure bucket keeps rejected and discarded records and exhausted requests: 1 or more."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.failure_retention_days >= 1 && var.failure_retention_days == floor(var.failure_retention_days)
    error_message = "failure_retention_days is ${var.failure_retention_days}: use a whole number, 1 or more."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the permissions boundary for all roles; null for none."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("^arn:[^:]+:iam::([0-9]{12}|aws):policy/.+$", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of a policy: arn:aws:iam::...:policy/..."
  }
}

variable "package_file" {
  description = "Path of the function's package, relative to the working directory of Terraform; null for the package that mvn package builds in this repository."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags for all resources that support tags, in addition to traffic-mirror-pipeline:deployment, which is always set."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition = alltrue([
      for key in keys(var.tags) : !startswith(lower(key), "aws:") && !startswith(key, "traffic-mirror-pipeline:")
    ])
    error_message = "tags must not have keys that begin with aws:, which AWS reserves, or with traffic-mirror-pipeline:, which identify the resources of a deployment."
  }

  validation {
    condition     = length(var.tags) <= 40
    error_message = "tags has ${length(var.tags)} entries: AWS allows 50 per resource and this configuration needs some of them; use at most 40."
  }
}
