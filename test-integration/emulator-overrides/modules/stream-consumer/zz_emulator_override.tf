resource "aws_lambda_function" "consumer" {
  lifecycle {
    # logging_config: moto accepts it and returns none.
    # snap_start: moto accepts it and always returns ApplyOn = "None".
    ignore_changes = [logging_config, snap_start]
  }
}

resource "aws_lambda_event_source_mapping" "stream" {
  lifecycle {
    # function_name: AWS returns the ARN of the alias, moto the ARN of the version behind it.
    ignore_changes = [function_name]
  }
}

resource "aws_s3_bucket_policy" "failures" {
  # policy: moto ignores conditions, so the statement that denies requests without TLS denies every
  # request. Moto compares action names case-sensitively, AWS does not (IAM user guide, "Action"), so
  # in this spelling moto matches no request.
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "DenyInsecureTransport"
      Effect    = "Deny"
      Principal = "*"
      Action    = "S3:*"
      Resource  = [local.bucket_arn, "${local.bucket_arn}/*"]
      Condition = {
        Bool = { "aws:SecureTransport" = "false" }
      }
    }]
  })
}
