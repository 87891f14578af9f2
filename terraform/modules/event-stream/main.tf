resource "aws_kinesis_stream" "events" {
  name             = var.name
  retention_period = var.retention_hours
  shard_count      = var.shards

  stream_mode_details {
    stream_mode = var.mode
  }

  # Records are always encrypted: with the given key, or with the AWS managed key for Kinesis.
  encryption_type = "KMS"
  kms_key_id      = coalesce(var.kms_key_arn, "alias/aws/kinesis")

  tags = var.tags
}
