variable "name" {
  description = "Name of the deployment, and the first part of all names in this module: 1 to 40 letters, digits, '-' or '_'."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,40}$", var.name))
    error_message = "name is '${var.name}': use 1 to 40 letters, digits, '-' or '_'."
  }

  validation {
    condition     = var.name != "default"
    error_message = "name is 'default', which is the name of the schedule group that AWS makes: use another name."
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

variable "policy_digest" {
  description = "SHA-256 of the mirror policy, in hexadecimal: another one starts a run at once."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9a-f]{12,64}$", var.policy_digest))
    error_message = "policy_digest has to be hexadecimal, 12 to 64 digits: pass the consumer's output policy_digest."
  }
}

variable "interval_minutes" {
  description = "How many minutes after a run, or a sweep, started the next one does: 15 or more."
  type        = number
  default     = 360
  nullable    = false

  validation {
    condition     = var.interval_minutes >= 15 && var.interval_minutes == floor(var.interval_minutes)
    error_message = "interval_minutes is ${var.interval_minutes}: use a whole number, 15 or more, so that a run is over before the next one starts."
  }
}

variable "page_size" {
  description = "How many instances a page has: 5 to 1000."
  type        = number
  default     = 200
  nullable    = false

  validation {
    condition     = var.page_size >= 5 && var.page_size <= 1000 && var.page_size == floor(var.page_size)
    error_message = "page_size is ${var.page_size}: use a whole number from 5 to 1000, which is what DescribeInstances takes."
  }
}

variable "only_sweeps" {
  description = "Whether the schedule only removes mirror targets that were launched and are not used, instead of starting a run over all instances, which ends with that."
  type        = bool
  default     = false
  nullable    = false
}

variable "after" {
  description = "What has to be there before the first run starts: pass the consumer's output ready."
  type        = list(string)
  default     = []
  nullable    = false
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
