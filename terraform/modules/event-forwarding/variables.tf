variable "name" {
  description = "Name of the rule, and the first part of the names of its role and its queue: 1 to 49 letters, digits, '-' or '_'."
  type        = string
  nullable    = false

  # A role's name has 64 characters at most, and the longest region's name has 14.
  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,49}$", var.name))
    error_message = "name is '${var.name}': use 1 to 49 letters, digits, '-' or '_'."
  }
}

variable "description" {
  description = "What the rule forwards."
  type        = string
  default     = null
}

variable "event_pattern" {
  description = "Which events are forwarded: an EventBridge event pattern, as JSON of at most 2048 characters."
  type        = string
  nullable    = false

  validation {
    condition     = can(keys(jsondecode(var.event_pattern)))
    error_message = "event_pattern has to be a JSON object: see patterns/ for examples."
  }

  validation {
    condition     = length(var.event_pattern) <= 2048
    error_message = "event_pattern has ${length(var.event_pattern)} characters: EventBridge takes 2048 at most."
  }
}

variable "partition_key_path" {
  description = "Where in the event the instance's id is, as a JSON path: it becomes the partition key, so that the events of an instance stay in order."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^\\$\\.[A-Za-z0-9_.-]{1,254}$", var.partition_key_path))
    error_message = "partition_key_path is '${var.partition_key_path}': use a JSON path in dot notation, such as $.detail.instance-id."
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

variable "max_event_age_seconds" {
  description = "For how long EventBridge tries to deliver an event: 60 to 86400 seconds."
  type        = number
  default     = 86400
  nullable    = false

  validation {
    condition     = var.max_event_age_seconds >= 60 && var.max_event_age_seconds <= 86400
    error_message = "max_event_age_seconds is ${var.max_event_age_seconds}: use 60 to 86400."
  }
}

variable "max_retry_attempts" {
  description = "How often EventBridge tries again to deliver an event: 0 to 185 times."
  type        = number
  default     = 185
  nullable    = false

  validation {
    condition     = var.max_retry_attempts >= 0 && var.max_retry_attempts <= 185
    error_message = "max_retry_attempts is ${var.max_retry_attempts}: use 0 to 185."
  }
}

variable "permissions_boundary_arn" {
  description = "ARN of the permissions boundary of the role; null for none."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of everything in this module."
  type        = map(string)
  default     = {}
  nullable    = false
}
