variable "name" {
  description = "Name of the deployment: on everything that it makes, and the first part of all names in this module. 1 to 40 letters, digits, '-' or '_'."
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
  description = "ARN of the KMS key of the stream; null where that is the key that AWS keeps for Kinesis."
  type        = string
  default     = null
}

# What is in these files is checked where their objects are made, and not here, so that a destroy
# asks for neither.
variable "policy_file" {
  description = "Path of the mirror policy."
  type        = string
  nullable    = false
}

variable "package_file" {
  description = "Path of the function's package, as the build makes it."
  type        = string
  nullable    = false
}

variable "sources_digest" {
  description = "What has to be in the file <package_file>.inputs.sha256, which the build writes: the package is then of these sources. Null for no check."
  type        = string
  default     = null
}

variable "backfill" {
  description = "Whether there is a schedule for runs over all instances: only then may the function put pages on the stream."
  type        = bool
  default     = true
  nullable    = false
}

variable "dry_run" {
  description = "Plan and log, but change nothing: the function then has no permission to change anything in EC2 either."
  type        = bool
  default     = false
  nullable    = false
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
    error_message = "function.log_retention_days is ${var.function.log_retention_days}: CloudWatch knows 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653, and 0 for ever."
  }

  validation {
    condition     = contains(["INFO", "WARN"], var.function.log_level)
    error_message = "function.log_level is '${var.function.log_level}': use INFO or WARN."
  }

  validation {
    condition     = can(regex("^[A-Za-z0-9._/#-]{1,255}$", var.function.metrics_namespace)) && !startswith(var.function.metrics_namespace, "AWS/")
    error_message = "function.metrics_namespace is '${var.function.metrics_namespace}': use 1 to 255 letters, digits or any of . _ / # -, and do not start with AWS/, which is AWS's own."
  }

  validation {
    condition     = var.function.instance_retry_seconds >= 0 && var.function.instance_retry_seconds <= 3600 && var.function.instance_retry_seconds == floor(var.function.instance_retry_seconds)
    error_message = "function.instance_retry_seconds is ${var.function.instance_retry_seconds}: use a whole number from 0 to 3600."
  }

  validation {
    condition     = var.function.instance_retry_seconds < var.batching.max_record_age_seconds
    error_message = "function.instance_retry_seconds is ${var.function.instance_retry_seconds}, but a record is given up on after batching.max_record_age_seconds, ${var.batching.max_record_age_seconds}: make the first less than the second."
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
    error_message = "function.reserved_concurrency has to be a whole number, 1 or more, since 0 stops the function; remove it to reserve nothing."
  }

  validation {
    condition     = var.function.vpc == null || try(length(var.function.vpc.subnet_ids) > 0 && length(var.function.vpc.security_group_ids) > 0, false)
    error_message = "function.vpc needs both: at least one of subnet_ids and one of security_group_ids. Remove it to run outside a VPC."
  }

  validation {
    condition = var.function.vpc == null || try(
      alltrue([for id in var.function.vpc.subnet_ids : can(regex("^subnet-[A-Za-z0-9]+$", id))]) &&
      alltrue([for id in var.function.vpc.security_group_ids : can(regex("^sg-[A-Za-z0-9]+$", id))]), false
    )
    error_message = "function.vpc has an id that is none: use subnet-... in subnet_ids, and sg-... in security_group_ids."
  }

  validation {
    condition     = alltrue([for key in keys(var.function.environment) : !startswith(key, "MIRROR_")])
    error_message = "function.environment must not set ${join(", ", [for key in keys(var.function.environment) : key if startswith(key, "MIRROR_")])}: variables that begin with MIRROR_ are set from the other inputs."
  }

  validation {
    condition = alltrue([
      for key in keys(var.function.environment) : can(regex("^[A-Za-z][A-Za-z0-9_]+$", key)) &&
      !contains(["AWS_REGION", "AWS_DEFAULT_REGION", "AWS_EXECUTION_ENV", "AWS_ACCESS_KEY", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "LAMBDA_TASK_ROOT", "LAMBDA_RUNTIME_DIR"], key) &&
      (!startswith(key, "AWS_LAMBDA_") || startswith(key, "AWS_LAMBDA_DISABLE_") || key == "AWS_LAMBDA_EXEC_WRAPPER")
    ])
    error_message = "function.environment sets a variable that Lambda keeps for itself, or whose name is none: use letters, digits and _, and leave out AWS_REGION, AWS_LAMBDA_... and the credentials."
  }

  # Lambda takes 4 KB of variables; ours need up to 1 KB.
  validation {
    condition     = length(join("", flatten([for key, value in var.function.environment : [key, value]]))) <= 3000
    error_message = "function.environment is too long: Lambda takes 4 KB of variables, and about 1 KB is used already; shorten it to 3000 characters."
  }
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

  validation {
    condition     = contains(range(1, 51), var.targets_on_demand.launches_per_invocation)
    error_message = "targets_on_demand.launches_per_invocation is ${var.targets_on_demand.launches_per_invocation}: use a whole number from 1 to 50."
  }

  validation {
    condition = var.targets_on_demand.sweep_after_minutes == 0 || (
      var.targets_on_demand.sweep_after_minutes >= 10 && var.targets_on_demand.sweep_after_minutes <= 10080 &&
      var.targets_on_demand.sweep_after_minutes == floor(var.targets_on_demand.sweep_after_minutes)
    )
    error_message = "targets_on_demand.sweep_after_minutes is ${var.targets_on_demand.sweep_after_minutes}: use a whole number from 10, so that an instance that was just launched has time to be used, to 10080, which is a week, or 0 for no sweep."
  }

  validation {
    condition     = contains(range(1, 101), var.targets_on_demand.sweep_limit)
    error_message = "targets_on_demand.sweep_limit is ${var.targets_on_demand.sweep_limit}: use a whole number from 1 to 100, or set sweep_after_minutes to 0 for no sweep."
  }

  validation {
    condition     = alltrue([for family in var.targets_on_demand.more_source_families : can(regex("^[a-z][a-z0-9-]*$", family))])
    error_message = "targets_on_demand.more_source_families has '${join("', '", [for family in var.targets_on_demand.more_source_families : family if !can(regex("^[a-z][a-z0-9-]*$", family))])}': use what an instance type has before its dot, in lower case, for example m9g."
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
  description = "ARN of the permissions boundary of the role; null for none."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of everything in this module that takes tags."
  type        = map(string)
  default     = {}
  nullable    = false
}
