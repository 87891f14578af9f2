variable "name" {
  description = "Name of the rule, and prefix of the names of its role and queue: 1 to 49 letters, digits, '-' or '_'."
  type        = string
  nullable    = false

  # A role name has at most 64 characters, and the longest Region name has 14.
  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,49}$", var.name))
    error_message = "name is '${var.name}': use 1 to 49 letters, digits, '-' or '_'."
  }
}

variable "description" {
  description = "Description of the rule."
  type        = string
  default     = null
}

variable "event_pattern" {
  description = "EventBridge event pattern of the events to forward, as JSON of at most 2048 characters."
  type        = string
  nullable    = false

  validation {
    condition     = can(keys(jsondecode(var.event_pattern)))
    error_message = "event_pattern must be a JSON object: see patterns/ for examples."
  }

  validation {
    condition     = length(var.event_pattern) <= 2048
    error_message = "event_pattern has ${length(var.event_pattern)} characters: EventBridge accepts at most 2048."
  }
}

variable "partition_key_path" {
  description = "JSON path of the instance id in the event. The id becomes the partition key, so the events of one instance stay in order."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^\\$\\.[A-Za-z0-9_.-]{1,254}$", var.partition_key_path))
    error_message = "partition_key_path is '${var.partition_key_path}': use a JSON path in dot notation, for example $.detail.instance-id."
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

variable "max_event_age_seconds" {
  description = "Seconds for which EventBridge retries delivery of an event: 60 to 86400."
  type        = number
  default     = 86400
  nullable    = false

  validation {
    condition     = var.max_event_age_seconds >= 60 && var.max_event_age_seconds <= 86400
    error_message = "max_event_age_seconds is ${var.max_event_age_seconds}: use 60 to 86400."
  }
}

variable "max_retry_attempts" {
  description = "Maximum number of retries for delivery of an event: 0 to 185."
  type        = number
  default     = 185
  nullable    = false

  validation {
    condition     = var.max_retry_attempts >= 0 && var.max_retry_attempts <= 185
    error_message = "max_retry_attempts is ${var.max_retry_attempts}: use 0 to 185."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the permissions boundary for the role; null for none."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags for all resources in this module."
  type        = map(string)
  default     = {}
  nullable    = false
}
