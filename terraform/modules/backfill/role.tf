locals {
  statements = concat(
    [
      {
        Sid      = var.only_sweeps ? "PutSweep" : "PutFirstPage"
        Effect   = "Allow"
        Action   = ["kinesis:PutRecord"]
        Resource = [var.stream_arn]
      },
      {
        Sid      = "SendToDeadLetterQueue"
        Effect   = "Allow"
        Action   = ["sqs:SendMessage"]
        Resource = [local.queue_arn]
      },
    ],
    [for key in var.stream_kms_key_arn[*] : {
      Sid      = var.only_sweeps ? "EncryptSweep" : "EncryptFirstPage"
      Effect   = "Allow"
      Action   = ["kms:GenerateDataKey"]
      Resource = [key]
      Condition = {
        StringEquals = { "kms:ViaService" = "kinesis.${local.region}.amazonaws.com" }
      }
    }],
  )
}

resource "aws_iam_role" "backfill" {
  name                 = "${var.name}-${local.purpose}-${local.region}"
  description          = "Lets the schedule of ${var.name} put ${var.only_sweeps ? "a sweep" : "the first page of a run"} on the stream."
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  # EventBridge Scheduler passes the schedule group as the source ARN, not the schedule.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "scheduler.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnEquals    = { "aws:SourceArn" = local.group_arn }
      }
    }]
  })
}

resource "aws_iam_role_policy" "backfill" {
  name = "backfill"
  role = aws_iam_role.backfill.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.statements
  })
}
