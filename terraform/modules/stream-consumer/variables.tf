variable "name" {
  description = "Name of the deployment, used in the names and tags of its resources: 1 to 40 letters, digits, '-' or '_'."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,40}$", var.name))
    error_message = "name is '${var.name}': use 1 to 40 letters, digits, '-' or '_'."
  }
}

variable "stream_arn" {
  description = "ARN of the Kinesis stream."
  type        = string
  nullable    = false
}

variable "stream_kms_key_arn" {
  description = "ARN of the stream's customer managed KMS key; null if the stream uses the AWS managed key."
  type        = string
  default     = null
}

# The contents of these files are checked in the preconditions of their S3 objects, not here, so that a destroy
# needs neither file.
variable "policy_file" {
  description = "Path of the mirror policy."
  type        = string
  nullable    = false
}

variable "package_file" {
  description = "Path of the function's package, as built by mvn package."
  type        = string
  nullable    = false
}

variable "sources_digest" {
  description = "Expected content of <package_file>.inputs.sha256, which the build writes to identify the sources of the package. Null skips the check."
  type        = string
  default     = null
}

variable "backfill" {
  description = "Whether backfill runs are scheduled; only then may the function put pages on the stream."
  type        = bool
  default     = true
  nullable    = false
}

variable "dry_run" {
  description = "Plan and log, but change nothing. The function then has no permission to change anything in EC2."
  type        = bool
  default     = false
  nullable    = false
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

  validation {
    condition     = var.batching.size >= 1 && var.batching.size <= 10000 && var.batching.size == floor(var.batching.size)
    error_message = "batching.size is ${var.batching.size}: use a whole number from 1 to 10000."
  }

  validation {
    condition     = var.batching.window_seconds >= 0 && var.batching.window_seconds <= 300 && var.batching.window_seconds == floor(var.batching.window_seconds)
    error_message = "batching.window_seconds is ${var.batching.window_seconds}: use a whole number from 0 to 300."
  }

  validation {
    condition     = contains(range(1, 11), var.batching.parallelization_factor)
    error_message = "batching.parallelization_factor is ${var.batching.parallelization_factor}: use a whole number from 1 to 10."
  }

  validation {
    condition     = var.batching.max_record_age_seconds >= 60 && var.batching.max_record_age_seconds <= 604800 && var.batching.max_record_age_seconds == floor(var.batching.max_record_age_seconds)
    error_message = "batching.max_record_age_seconds is ${var.batching.max_record_age_seconds}: use a whole number from 60 to 604800."
  }
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

  validation {
    condition     = var.function.memory_mb >= 512 && var.function.memory_mb <= 10240 && var.function.memory_mb == floor(var.function.memory_mb)
    error_message = "function.memory_mb is ${var.function.memory_mb}: use a whole number from 512 to 10240."
  }

  validation {
    condition     = contains(["arm64", "x86_64"], var.function.architecture)
    error_message = "function.architecture is '${var.function.architecture}': use arm64 or x86_64."
  }

  validation {
    condition     = var.function.timeout_seconds >= 30 && var.function.timeout_seconds <= 900 && var.function.timeout_seconds == floor(var.function.timeout_seconds)
    error_message = "function.timeout_seconds is ${var.function.timeout_seconds}: use a whole number from 30 to 900."
  }

  validation {
    condition = contains(
      [0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653],
      var.function.log_retention_days
    )
    error_message = "function.log_retention_days is ${var.function.log_retention_days}: CloudWatch accepts 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, and 0 for forever."
  }

  validation {
    condition     = contains(["INFO", "WARN"], var.function.log_level)
    error_message = "function.log_level is '${var.function.log_level}': use INFO or WARN."
  }

  validation {
    condition     = can(regex("^[A-Za-z0-9._/#-]{1,255}$", var.function.metrics_namespace)) && !startswith(var.function.metrics_namespace, "AWS/")
    error_message = "function.metrics_namespace is '${var.function.metrics_namespace}': use 1 to 255 letters, digits or any of . _ / # -, and do not start with AWS/, which AWS reserves."
  }

  validation {
    condition     = var.function.instance_retry_seconds >= 0 && var.function.instance_retry_seconds <= 3600 && var.function.instance_retry_seconds == floor(var.function.instance_retry_seconds)
    error_message = "function.instance_retry_seconds is ${var.function.instance_retry_seconds}: use a whole number from 0 to 3600."
  }

  validation {
    condition     = var.function.instance_retry_seconds < var.batching.max_record_age_seconds
    error_message = "function.instance_retry_seconds is ${var.function.instance_retry_seconds}, but the mapping discards a record after batching.max_record_age_seconds, ${var.batching.max_record_age_seconds}: make the first less than the second."
  }

  validation {
    condition     = contains(range(1, 51), var.function.writes_in_flight)
    error_message = "function.writes_in_flight is ${var.function.writes_in_flight}: use a whole number from 1 to 50."
  }

  validation {
    condition     = var.function.run_max_pages >= 1 && var.function.run_max_pages <= 1000000 && var.function.run_max_pages == floor(var.function.run_max_pages)
    error_message = "function.run_max_pages is ${var.function.run_max_pages}: use a whole number from 1 to 1000000."
  }

  validation {
    condition     = contains(range(1, 169), var.function.run_max_hours)
    error_message = "function.run_max_hours is ${var.function.run_max_hours}: use a whole number from 1 to 168."
  }

  validation {
    condition     = try(var.function.reserved_concurrency >= 1 && var.function.reserved_concurrency == floor(var.function.reserved_concurrency), var.function.reserved_concurrency == null)
    error_message = "function.reserved_concurrency must be a whole number, 1 or more, because 0 stops the function; remove it to reserve nothing."
  }

  validation {
    condition     = var.function.vpc == null || try(length(var.function.vpc.subnet_ids) > 0 && length(var.function.vpc.security_group_ids) > 0, false)
    error_message = "function.vpc needs at least one id in subnet_ids and one in security_group_ids. Remove it to run outside a VPC."
  }

  validation {
    condition = var.function.vpc == null || try(
      alltrue([for id in var.function.vpc.subnet_ids : can(regex("^subnet-[A-Za-z0-9]+$", id))]) &&
      alltrue([for id in var.function.vpc.security_group_ids : can(regex("^sg-[A-Za-z0-9]+$", id))]), false
    )
    error_message = "function.vpc has an invalid id: use subnet-... in subnet_ids and sg-... in security_group_ids."
  }

  validation {
    condition     = alltrue([for key in keys(var.function.environment) : !startswith(key, "MIRROR_")])
    error_message = "function.environment must not set ${join(", ", [for key in keys(var.function.environment) : key if startswith(key, "MIRROR_")])}: variables that start with MIRROR_ are set from the other inputs."
  }

  validation {
    condition = alltrue([
      for key in keys(var.function.environment) : can(regex("^[A-Za-z][A-Za-z0-9_]+$", key)) &&
      !contains(["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"], key) &&
      (!startswith(key, "AWS_LAMBDA_") || startswith(key, "AWS_LAMBDA_DISABLE_") || key == "AWS_LAMBDA_EXEC_WRAPPER")
    ])
    error_message = "function.environment sets a variable that Lambda reserves, or one with an invalid name: use letters, digits and _, and leave out AWS_REGION, AWS_LAMBDA_... and the credentials."
  }

  # Lambda allows 4 KB of variables; this module needs up to 1 KB.
  validation {
    condition     = length(join("", flatten([for key, value in var.function.environment : [key, value]]))) <= 3000
    error_message = "function.environment is too long: Lambda allows 4 KB of variables and this module uses about 1 KB; use at most 3000 characters."
  }
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

  validation {
    condition     = contains(range(1, 51), var.targets_on_demand.launches_per_invocation)
    error_message = "targets_on_demand.launches_per_invocation is ${var.targets_on_demand.launches_per_invocation}: use a whole number from 1 to 50."
  }

  validation {
    condition = var.targets_on_demand.sweep_after_minutes == 0 || (
      var.targets_on_demand.sweep_after_minutes >= 10 && var.targets_on_demand.sweep_after_minutes <= 10080 &&
      var.targets_on_demand.sweep_after_minutes == floor(var.targets_on_demand.sweep_after_minutes)
    )
    error_message = "targets_on_demand.sweep_after_minutes is ${var.targets_on_demand.sweep_after_minutes}: use a whole number from 10 (so that a new instance has time to get a session) to 10080 (a week), or 0 for no sweep."
  }

  validation {
    condition     = contains(range(1, 101), var.targets_on_demand.sweep_limit)
    error_message = "targets_on_demand.sweep_limit is ${var.targets_on_demand.sweep_limit}: use a whole number from 1 to 100, or set sweep_after_minutes to 0 for no sweep."
  }

  validation {
    condition     = alltrue([for family in var.targets_on_demand.more_source_families : can(regex("^[a-z][a-z0-9-]*$", family))])
    error_message = "targets_on_demand.more_source_families has '${join("', '", [for family in var.targets_on_demand.more_source_families : family if !can(regex("^[a-z][a-z0-9-]*$", family))])}': use the part of an instance type before its dot, in lower case, for example m9g."
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
  description = "ARN of the permissions boundary for the role; null for none."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags for all resources in this module that support tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
