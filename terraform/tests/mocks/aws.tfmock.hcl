# Values that AWS assigns, known at plan time: an account, a Region, and the ARNs derived from them.

mock_data "aws_caller_identity" {
  defaults = {
    account_id = "111122223333"
  }
}

mock_data "aws_partition" {
  defaults = {
    partition  = "aws"
    dns_suffix = "amazonaws.com"
  }
}

mock_data "aws_region" {
  defaults = {
    id   = "us-east-1"
    name = "us-east-1"
  }
}

mock_resource "aws_kinesis_stream" {
  defaults = {
    arn = "arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events"
  }
}

mock_resource "aws_lambda_function" {
  defaults = {
    arn     = "arn:aws:lambda:us-east-1:111122223333:function:tmp-consumer"
    version = "7"
  }
}

mock_resource "aws_lambda_alias" {
  defaults = {
    arn = "arn:aws:lambda:us-east-1:111122223333:function:tmp-consumer:live"
  }
}

mock_resource "aws_lambda_event_source_mapping" {
  defaults = {
    uuid = "11111111-2222-3333-4444-555555555555"
  }
}

mock_resource "aws_s3_bucket" {
  defaults = {
    arn = "arn:aws:s3:::tmp"
  }
}

mock_resource "aws_s3_object" {
  defaults = {
    version_id = "version-1"
  }
}

mock_resource "aws_sqs_queue" {
  defaults = {
    arn = "arn:aws:sqs:us-east-1:111122223333:tmp-dead-letters"
    url = "https://sqs.us-east-1.amazonaws.com/111122223333/tmp-dead-letters"
  }
}

mock_resource "aws_iam_role" {
  defaults = {
    arn = "arn:aws:iam::111122223333:role/tmp"
  }
}

mock_resource "aws_cloudwatch_metric_alarm" {
  defaults = {
    arn = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:tmp"
  }
}
