resource "aws_kinesis_stream" "events" {
  name             = var.name
  retention_period = var.retention_hours
  shard_count      = var.shards

  stream_mode_details {
    stream_mode = var.mode
  }

  # Nobody reads events in the clear: without a key of one's own, the one that AWS keeps for Kinesis.
  encryption_type = "KMS"
  kms_key_id      = coalesce(var.kms_key_arn, "alias/aws/kinesis")

  tags = var.tags
}
