variable "name" {
  description = "Name of the stream: 1 to 128 letters, digits, '.', '_' or '-'."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_.-]{1,128}$", var.name))
    error_message = "name is '${var.name}': use 1 to 128 letters, digits, '.', '_' or '-'."
  }
}

variable "mode" {
  description = "ON_DEMAND: AWS chooses the number of shards. PROVISIONED: the stream has `shards` shards."
  type        = string
  default     = "ON_DEMAND"
  nullable    = false

  validation {
    condition     = contains(["ON_DEMAND", "PROVISIONED"], var.mode)
    error_message = "mode is '${var.mode}': use ON_DEMAND or PROVISIONED."
  }
}

variable "shards" {
  description = "Number of shards of a provisioned stream; null for an on-demand stream."
  type        = number
  default     = null

  validation {
    condition     = var.mode != "PROVISIONED" || var.shards != null
    error_message = "A provisioned stream needs a number of shards: set shards, or set mode to ON_DEMAND."
  }

  validation {
    condition     = var.mode != "ON_DEMAND" || var.shards == null
    error_message = "AWS chooses the number of shards of an on-demand stream: remove shards, or set mode to PROVISIONED."
  }

  validation {
    condition     = try(var.shards >= 1 && var.shards == floor(var.shards), var.shards == null)
    error_message = "shards must be a whole number, 1 or more."
  }
}

variable "retention_hours" {
  description = "Hours that the stream keeps a record: 24 to 8760. More than 24 costs extra."
  type        = number
  default     = 24
  nullable    = false

  validation {
    condition     = var.retention_hours >= 24 && var.retention_hours <= 8760 && var.retention_hours == floor(var.retention_hours)
    error_message = "retention_hours is ${var.retention_hours}: use a whole number from 24 to 8760."
  }
}

variable "kms_key_arn" {
  description = "ARN of the KMS key that encrypts the records; null for the AWS managed key for Kinesis."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("^arn:[^:]+:kms:[^:]+:[0-9]{12}:key/.+$", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key (arn:aws:kms:...:key/...): IAM permissions do not accept an alias."
  }
}

variable "tags" {
  description = "Tags for the stream."
  type        = map(string)
  default     = {}
  nullable    = false
}
