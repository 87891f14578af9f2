# The function's permissions, derived from the policy file and the switches. The output `permissions` shows the
# statements.

locals {
  own_tag = "traffic-mirror-pipeline:deployment"
  ec2_arn = "arn:${local.partition}:ec2:${local.region}:${local.account}"
  # ARNs of shared resources (filters, targets, subnets) contain the account id of their owner.
  shared_arn = "arn:${local.partition}:ec2:${local.region}:*"

  # Only through Kinesis, and only for this stream.
  stream_key_condition = {
    StringEquals = {
      "kms:ViaService"                        = "kinesis.${local.region}.amazonaws.com"
      "kms:EncryptionContext:aws:kinesis:arn" = var.stream_arn
    }
  }

  statements = concat(
    local.stream_statements,
    local.storage_statements,
    local.read_statements,
    [for statement in local.session_statements : statement if !var.dry_run],
    [for statement in local.launch_statements : statement if local.launches_targets],
    [for statement in local.sweep_statements : statement if local.sweeps_targets],
    flatten([for vpc in var.function.vpc[*] : local.vpc_statements]),
  )

  # The size of the statements that grow with the mirror policy.
  policy_characters = sum(concat([0], [
    for statement in concat(
      [for statement in local.session_statements : jsonencode(statement) if !var.dry_run],
      [for statement in local.launch_statements : jsonencode(statement) if local.launches_targets],
      [for statement in local.sweep_statements : jsonencode(statement) if local.sweeps_targets],
    ) : length(statement)
  ]))

  stream_statements = concat(
    [{
      Sid    = "ReadStream"
      Effect = "Allow"
      Action = [
        "kinesis:DescribeStream",
        "kinesis:DescribeStreamSummary",
        "kinesis:GetRecords",
        "kinesis:GetShardIterator",
        "kinesis:ListShards",
      ]
      Resource = [var.stream_arn]
    }],
    [for stream in var.backfill ? [var.stream_arn] : [] : {
      Sid      = "PutNextPage"
      Effect   = "Allow"
      Action   = ["kinesis:PutRecords"]
      Resource = [stream]
    }],
    [for key in var.stream_kms_key_arn[*] : {
      Sid       = "UseStreamKey"
      Effect    = "Allow"
      Action    = concat(["kms:Decrypt"], var.backfill ? ["kms:GenerateDataKey"] : [])
      Resource  = [key]
      Condition = local.stream_key_condition
    }],
  )

  storage_statements = [
    {
      Sid      = "WriteLogs"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = ["${local.log_arn}:*"]
    },
    {
      Sid       = "ReadPolicy"
      Effect    = "Allow"
      Action    = ["s3:GetObject", "s3:GetObjectVersion"]
      Resource  = ["${local.bucket_arn}/${local.policy_key}"]
      Condition = local.own_bucket_condition
    },
    {
      # Lambda rejects a mapping with an S3 destination unless the role may put objects anywhere in the bucket,
      # although it then writes only under aws/lambda/.
      Sid       = "WriteToFailureBucket"
      Effect    = "Allow"
      Action    = ["s3:PutObject"]
      Resource  = ["${local.bucket_arn}/*"]
      Condition = local.own_bucket_condition
    },
    {
      Sid      = "ProtectPolicyAndPackage"
      Effect   = "Deny"
      Action   = ["s3:PutObject"]
      Resource = ["${local.bucket_arn}/package/*", "${local.bucket_arn}/policy/*"]
    },
    {
      Sid       = "ListFailureBucket"
      Effect    = "Allow"
      Action    = ["s3:ListBucket"]
      Resource  = [local.bucket_arn]
      Condition = local.own_bucket_condition
    },
  ]

  own_bucket_condition = { StringEquals = { "s3:ResourceAccount" = local.account } }

  # Describe calls do not support resource-level permissions, but can be limited to a Region.
  read_statements = [{
    Sid    = "DescribeEc2"
    Effect = "Allow"
    Action = [
      "ec2:DescribeInstances",
      "ec2:DescribeTrafficMirrorSessions",
      "ec2:DescribeTrafficMirrorTargets",
    ]
    Resource  = ["*"]
    Condition = { StringEquals = { "aws:RequestedRegion" = local.region } }
  }]

  mirror_resources = concat(
    [for id in local.filter_ids : "${local.shared_arn}:traffic-mirror-filter/${id}"],
    [for id in local.target_ids : "${local.shared_arn}:traffic-mirror-target/${id}"],
  )

  # EC2 authorises CreateTrafficMirrorSession against all four resource types.
  session_statements = [
    {
      Sid      = "MirrorInterfaces"
      Effect   = "Allow"
      Action   = ["ec2:CreateTrafficMirrorSession"]
      Resource = ["${local.ec2_arn}:network-interface/*"]
    },
    {
      Sid      = "UsePolicyFiltersAndTargets"
      Effect   = "Allow"
      Action   = ["ec2:CreateTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession"]
      Resource = local.mirror_resources
    },
    {
      Sid       = "CreateTaggedSessions"
      Effect    = "Allow"
      Action    = ["ec2:CreateTrafficMirrorSession"]
      Resource  = ["${local.ec2_arn}:traffic-mirror-session/*"]
      Condition = { StringEquals = { "aws:RequestTag/${local.own_tag}" = var.name } }
    },
    {
      Sid       = "ModifyTaggedSessions"
      Effect    = "Allow"
      Action    = ["ec2:ModifyTrafficMirrorSession"]
      Resource  = ["${local.ec2_arn}:traffic-mirror-session/*"]
      Condition = { StringEquals = { "aws:ResourceTag/${local.own_tag}" = var.name } }
    },
    {
      Sid      = "TagSessionsOnCreate"
      Effect   = "Allow"
      Action   = ["ec2:CreateTags"]
      Resource = ["${local.ec2_arn}:traffic-mirror-session/*"]
      Condition = {
        StringEquals = {
          "ec2:CreateAction"                = "CreateTrafficMirrorSession"
          "aws:RequestTag/${local.own_tag}" = var.name
        }
      }
    },
  ]
}

resource "aws_iam_role" "consumer" {
  name                 = "${local.function}-${local.region}"
  description          = "Execution role of the function of ${var.name}."
  permissions_boundary = var.permissions_boundary_arn
  tags                 = var.tags

  # Lambda assumes an execution role without a source ARN, so there is nothing to put a condition on.
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "consumer" {
  name = "consumer"
  role = aws_iam_role.consumer.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = local.statements
  })

  lifecycle {
    # The inline policies of a role may have 10,240 characters in total (IAM quotas). The statements that do not grow
    # with the mirror policy take up to 3,700 of them.
    precondition {
      condition     = local.policy_characters <= 6500
      error_message = "The mirror policy names ${length(local.filter_ids)} filters and ${length(local.target_ids)} targets, plus the launch specifications of targets on demand. That exceeds the size of one role's permissions: share filters and targets between entries, use one entry by VPC instead of many by subnet, or split the policy into several deployments."
    }
  }
}
