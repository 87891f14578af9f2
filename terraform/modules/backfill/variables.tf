variable "name" {
  description = "Name of the deployment, and prefix of all names in this module: 1 to 40 letters, digits, '-' or '_'."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,40}$", var.name))
    error_message = "name is '${var.name}': use 1 to 40 letters, digits, '-' or '_'."
  }

  validation {
    condition     = var.name != "default"
    error_message = "name is 'default', which is the name of AWS's own schedule group: use another name."
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

variable "policy_digest" {
  description = "SHA-256 of the mirror policy, in hexadecimal. A new value starts a run immediately."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9a-f]{12,64}$", var.policy_digest))
    error_message = "policy_digest must be 12 to 64 hexadecimal digits: pass the consumer's output policy_digest."
  }
}

variable "interval_minutes" {
  description = "Minutes between the starts of two runs or sweeps: 15 or more."
  type        = number
  default     = 360
  nullable    = false

  validation {
    condition     = var.interval_minutes >= 15 && var.interval_minutes == floor(var.interval_minutes)
    error_message = "interval_minutes is ${var.interval_minutes}: use a whole number, 15 or more, so that a run ends before the next one starts."
  }
}

variable "page_size" {
  description = "Instances in a page: 5 to 1000."
  type        = number
  default     = 200
  nullable    = false

  validation {
    condition     = var.page_size >= 5 && var.page_size <= 1000 && var.page_size == floor(var.page_size)
    error_message = "page_size is ${var.page_size}: use a whole number from 5 to 1000, the range that DescribeInstances accepts."
  }
}

variable "only_sweeps" {
  description = "Schedule only sweeps, which remove unused targets on demand, instead of backfill runs, each of which ends with a sweep."
  type        = bool
  default     = false
  nullable    = false
}

variable "after" {
  description = "Resources that must exist before the first run starts: pass the consumer's output ready."
  type        = list(string)
  default     = []
  nullable    = false
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
