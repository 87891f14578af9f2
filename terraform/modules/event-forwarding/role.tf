locals {
  statements = concat(
    [{
      Sid      = "PutEvents"
      Effect   = "Allow"
      Action   = ["kinesis:PutRecord"]
      Resource = [var.stream_arn]
    }],
    [for key in var.stream_kms_key_arn[*] : {
      Sid      = "EncryptEvents"
      Effect   = "Allow"
      Action   = ["kms:GenerateDataKey"]
      Resource = [key]
      Condition = {
        StringEquals = { "kms:ViaService" = "kinesis.${local.region}.amazonaws.com" }
      }
    }],
  )
}

resource "aws_iam_role" "forwarding" {
  name                 = "${var.name}-${local.region}"
  description          = "Lets the rule ${var.name} put events on the stream."
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "events.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnEquals    = { "aws:SourceArn" = local.rule_arn }
      }
    }]
  })
}

resource "aws_iam_role_policy" "forwarding" {
  name = "forwarding"
  role = aws_iam_role.forwarding.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.statements
  })
}
