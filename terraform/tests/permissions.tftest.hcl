# The statements of the function's role, derived from the policy file and the switches.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  name         = "tmp"
  stream_arn   = "arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events"
  policy_file  = "./tests/policies/fixed.yaml"
  package_file = "./terraform.tf"
}

run "existing_targets_need_only_session_permissions" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] })) == jsondecode(jsonencode({
      ReadStream                 = ["Allow", ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"], ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events"], {}]
      WriteLogs                  = ["Allow", ["logs:CreateLogStream", "logs:PutLogEvents"], ["arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/tmp-consumer:*"], {}]
      ReadPolicy                 = ["Allow", ["s3:GetObject", "s3:GetObjectVersion"], ["arn:aws:s3:::${output.failure_bucket}/policy/mirror-policy.yaml"], { StringEquals = { "s3:ResourceAccount" = "111122223333" } }]
      WriteToFailureBucket       = ["Allow", ["s3:PutObject"], ["arn:aws:s3:::${output.failure_bucket}/*"], { StringEquals = { "s3:ResourceAccount" = "111122223333" } }]
      ProtectPolicyAndPackage    = ["Deny", ["s3:PutObject"], ["arn:aws:s3:::${output.failure_bucket}/package/*", "arn:aws:s3:::${output.failure_bucket}/policy/*"], {}]
      ListFailureBucket          = ["Allow", ["s3:ListBucket"], ["arn:aws:s3:::${output.failure_bucket}"], { StringEquals = { "s3:ResourceAccount" = "111122223333" } }]
      DescribeEc2                = ["Allow", ["ec2:DescribeInstances", "ec2:DescribeTrafficMirrorSessions", "ec2:DescribeTrafficMirrorTargets"], ["*"], { StringEquals = { "aws:RequestedRegion" = "us-east-1" } }]
      PutNextPage                = ["Allow", ["kinesis:PutRecords"], ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events"], {}]
      MirrorInterfaces           = ["Allow", ["ec2:CreateTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:network-interface/*"], {}]
      UsePolicyFiltersAndTargets = ["Allow", ["ec2:CreateTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:*:traffic-mirror-filter/tmf-a", "arn:aws:ec2:us-east-1:*:traffic-mirror-filter/tmf-b", "arn:aws:ec2:us-east-1:*:traffic-mirror-target/tmt-a", "arn:aws:ec2:us-east-1:*:traffic-mirror-target/tmt-b"], {}]
      CreateTaggedSessions       = ["Allow", ["ec2:CreateTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-session/*"], { StringEquals = { "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      ModifyTaggedSessions       = ["Allow", ["ec2:ModifyTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-session/*"], { StringEquals = { "aws:ResourceTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      TagSessionsOnCreate        = ["Allow", ["ec2:CreateTags"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-session/*"], { StringEquals = { "ec2:CreateAction" = "CreateTrafficMirrorSession", "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
    }))
    error_message = "Unexpected permissions: ${jsonencode(output.permissions)}"
  }
}

run "without_backfill_no_put_permission" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    backfill = false
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadStream", "WriteLogs", "ReadPolicy", "WriteToFailureBucket", "ProtectPolicyAndPackage", "ListFailureBucket", "DescribeEc2", "MirrorInterfaces", "UsePolicyFiltersAndTargets", "CreateTaggedSessions", "ModifyTaggedSessions", "TagSessionsOnCreate"])
    error_message = "Unexpected statements: ${jsonencode(output.permissions[*].Sid)}"
  }
}

run "dry_run_may_change_nothing" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    dry_run     = true
    policy_file = "./tests/policies/on-demand.yaml"
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadStream", "WriteLogs", "ReadPolicy", "WriteToFailureBucket", "ProtectPolicyAndPackage", "ListFailureBucket", "DescribeEc2", "PutNextPage"])
    error_message = "Unexpected statements: ${jsonencode(output.permissions[*].Sid)}"
  }
}

run "targets_on_demand_need_launches_from_the_policy" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/on-demand.yaml"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] })) == jsondecode(jsonencode({
      ReadStream                            = ["Allow", ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"], ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events"], {}]
      WriteLogs                             = ["Allow", ["logs:CreateLogStream", "logs:PutLogEvents"], ["arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/tmp-consumer:*"], {}]
      ReadPolicy                            = ["Allow", ["s3:GetObject", "s3:GetObjectVersion"], ["arn:aws:s3:::${output.failure_bucket}/policy/mirror-policy.yaml"], { StringEquals = { "s3:ResourceAccount" = "111122223333" } }]
      WriteToFailureBucket                  = ["Allow", ["s3:PutObject"], ["arn:aws:s3:::${output.failure_bucket}/*"], { StringEquals = { "s3:ResourceAccount" = "111122223333" } }]
      ProtectPolicyAndPackage               = ["Deny", ["s3:PutObject"], ["arn:aws:s3:::${output.failure_bucket}/package/*", "arn:aws:s3:::${output.failure_bucket}/policy/*"], {}]
      ListFailureBucket                     = ["Allow", ["s3:ListBucket"], ["arn:aws:s3:::${output.failure_bucket}"], { StringEquals = { "s3:ResourceAccount" = "111122223333" } }]
      DescribeEc2                           = ["Allow", ["ec2:DescribeInstances", "ec2:DescribeTrafficMirrorSessions", "ec2:DescribeTrafficMirrorTargets"], ["*"], { StringEquals = { "aws:RequestedRegion" = "us-east-1" } }]
      PutNextPage                           = ["Allow", ["kinesis:PutRecords"], ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events"], {}]
      MirrorInterfaces                      = ["Allow", ["ec2:CreateTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:network-interface/*"], {}]
      UsePolicyFiltersAndTargets            = ["Allow", ["ec2:CreateTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:*:traffic-mirror-filter/tmf-a"], {}]
      CreateTaggedSessions                  = ["Allow", ["ec2:CreateTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-session/*"], { StringEquals = { "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      ModifyTaggedSessions                  = ["Allow", ["ec2:ModifyTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-session/*"], { StringEquals = { "aws:ResourceTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      TagSessionsOnCreate                   = ["Allow", ["ec2:CreateTags"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-session/*"], { StringEquals = { "ec2:CreateAction" = "CreateTrafficMirrorSession", "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      LaunchTargetsFromImagesAndGroups      = ["Allow", ["ec2:RunInstances"], ["arn:aws:ec2:us-east-1::image/ami-a", "arn:aws:ec2:us-east-1::image/ami-b", "arn:aws:ec2:us-east-1:*:security-group/sg-a", "arn:aws:ec2:us-east-1:*:security-group/sg-b"], {}]
      LaunchTargetsOfTypes                  = ["Allow", ["ec2:RunInstances"], ["arn:aws:ec2:us-east-1:111122223333:instance/*"], { StringEquals = { "ec2:InstanceType" = ["c5.large", "c5.xlarge"], "ec2:MetadataHttpTokens" = "required", "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      LaunchTargetsWithInterfacesAndVolumes = ["Allow", ["ec2:RunInstances"], ["arn:aws:ec2:us-east-1:111122223333:network-interface/*", "arn:aws:ec2:us-east-1:111122223333:volume/*"], {}]
      CreateTargetsOnTaggedInterfaces       = ["Allow", ["ec2:CreateTrafficMirrorTarget"], ["arn:aws:ec2:us-east-1:111122223333:network-interface/*"], { StringEquals = { "aws:ResourceTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      CreateTaggedTargets                   = ["Allow", ["ec2:CreateTrafficMirrorTarget"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-target/*"], { StringEquals = { "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      UseUnclaimedTargets                   = ["Allow", ["ec2:CreateTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-target/*"], { StringEqualsIfExists = { "aws:ResourceTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      TagTargetsOnCreate                    = ["Allow", ["ec2:CreateTags"], ["arn:aws:ec2:us-east-1:111122223333:instance/*", "arn:aws:ec2:us-east-1:111122223333:network-interface/*", "arn:aws:ec2:us-east-1:111122223333:traffic-mirror-target/*", "arn:aws:ec2:us-east-1:111122223333:volume/*"], { StringEquals = { "ec2:CreateAction" = ["CreateTrafficMirrorTarget", "RunInstances"], "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      LaunchTargetsInSubnets                = ["Allow", ["ec2:RunInstances"], ["arn:aws:ec2:us-east-1:*:subnet/subnet-b", "arn:aws:ec2:us-east-1:*:subnet/subnet-t"], {}]
      DeletePoolTargets                     = ["Allow", ["ec2:DeleteTrafficMirrorTarget"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-target/*"], { StringEquals = { "aws:ResourceTag/traffic-mirror-pipeline:deployment" = "tmp" }, Null = { "aws:ResourceTag/traffic-mirror-pipeline:pool" = "false" } }]
      TerminatePoolInstances                = ["Allow", ["ec2:TerminateInstances"], ["arn:aws:ec2:us-east-1:111122223333:instance/*"], { StringEquals = { "aws:ResourceTag/traffic-mirror-pipeline:deployment" = "tmp" }, Null = { "aws:ResourceTag/traffic-mirror-pipeline:pool" = "false" } }]
    }))
    error_message = "Unexpected permissions: ${jsonencode(output.permissions)}"
  }
}

run "entry_by_vpc_may_launch_in_its_subnets" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/on-demand-by-vpc.yaml"
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadStream", "WriteLogs", "ReadPolicy", "WriteToFailureBucket", "ProtectPolicyAndPackage", "ListFailureBucket", "DescribeEc2", "PutNextPage", "MirrorInterfaces", "UsePolicyFiltersAndTargets", "CreateTaggedSessions", "ModifyTaggedSessions", "TagSessionsOnCreate", "LaunchTargetsFromImagesAndGroups", "LaunchTargetsOfTypes", "LaunchTargetsWithInterfacesAndVolumes", "CreateTargetsOnTaggedInterfaces", "CreateTaggedTargets", "UseUnclaimedTargets", "TagTargetsOnCreate", "DeletePoolTargets", "TerminatePoolInstances", "LaunchTargetsInVpcs"])
    error_message = "Unexpected statements: ${jsonencode(output.permissions[*].Sid)}"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] if contains(["LaunchTargetsInVpcs"], s.Sid) })) == jsondecode(jsonencode({
      LaunchTargetsInVpcs = ["Allow", ["ec2:RunInstances"], ["arn:aws:ec2:us-east-1:*:subnet/*"], { ArnLike = { "ec2:Vpc" = ["arn:aws:ec2:us-east-1:*:vpc/vpc-a"] } }]
    }))
    error_message = "Unexpected permissions: ${jsonencode(output.permissions)}"
  }
}

run "entry_by_tags_may_launch_in_any_subnet" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/on-demand-by-tags.yaml"
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadStream", "WriteLogs", "ReadPolicy", "WriteToFailureBucket", "ProtectPolicyAndPackage", "ListFailureBucket", "DescribeEc2", "PutNextPage", "MirrorInterfaces", "UsePolicyFiltersAndTargets", "CreateTaggedSessions", "ModifyTaggedSessions", "TagSessionsOnCreate", "LaunchTargetsFromImagesAndGroups", "LaunchTargetsOfTypes", "LaunchTargetsWithInterfacesAndVolumes", "CreateTargetsOnTaggedInterfaces", "CreateTaggedTargets", "UseUnclaimedTargets", "TagTargetsOnCreate", "DeletePoolTargets", "TerminatePoolInstances", "LaunchTargetsInAnySubnet"])
    error_message = "Unexpected statements: ${jsonencode(output.permissions[*].Sid)}"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] if contains(["LaunchTargetsInAnySubnet"], s.Sid) })) == jsondecode(jsonencode({
      LaunchTargetsInAnySubnet = ["Allow", ["ec2:RunInstances"], ["arn:aws:ec2:us-east-1:*:subnet/*"], {}]
    }))
    error_message = "Unexpected permissions: ${jsonencode(output.permissions)}"
  }
}

run "without_sweeps_nothing_may_be_removed" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file       = "./tests/policies/on-demand.yaml"
    targets_on_demand = { sweep_after_minutes = 0 }
  }

  assert {
    condition     = !can(regex("ec2:(Delete|Terminate)", jsonencode(output.permissions))) && output.launches_targets && !output.sweeps_targets
    error_message = "The role must not remove anything: ${jsonencode(output.permissions)}"
  }

  assert {
    condition     = strcontains(jsonencode(output.permissions), "ec2:RunInstances")
    error_message = "Launches must still be allowed."
  }
}

run "keep_sweeping_keeps_sweep_permissions" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { keep_sweeping = true }
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "DeletePoolTargets") && contains(output.permissions[*].Sid, "TerminatePoolInstances") && !output.launches_targets && output.sweeps_targets
    error_message = "The role must be able to remove the deployment's targets: ${jsonencode(output.permissions[*].Sid)}"
  }

  assert {
    condition     = !can(regex("ec2:(RunInstances|CreateTrafficMirrorTarget)", jsonencode(output.permissions)))
    error_message = "Launches must not be allowed any more."
  }
}

run "delete_and_terminate_require_both_tags" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/on-demand-by-tags.yaml"
  }

  assert {
    condition = alltrue([
      for s in output.permissions :
      try(s.Condition.StringEquals["aws:ResourceTag/traffic-mirror-pipeline:deployment"], "") == "tmp"
      && try(s.Condition.Null["aws:ResourceTag/traffic-mirror-pipeline:pool"], "") == "false"
      if can(regex("ec2:(Delete|Terminate)", jsonencode(s.Action)))
    ])
    error_message = "Only the deployment's own targets may be removable: ${jsonencode(output.permissions)}"
  }
}

run "customer_managed_key_is_limited_to_this_stream" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    stream_kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/k"
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadStream", "WriteLogs", "ReadPolicy", "WriteToFailureBucket", "ProtectPolicyAndPackage", "ListFailureBucket", "DescribeEc2", "PutNextPage", "MirrorInterfaces", "UsePolicyFiltersAndTargets", "CreateTaggedSessions", "ModifyTaggedSessions", "TagSessionsOnCreate", "UseStreamKey"])
    error_message = "Unexpected statements: ${jsonencode(output.permissions[*].Sid)}"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] if contains(["UseStreamKey"], s.Sid) })) == jsondecode(jsonencode({
      UseStreamKey = ["Allow", ["kms:Decrypt", "kms:GenerateDataKey"], ["arn:aws:kms:us-east-1:111122223333:key/k"], { StringEquals = { "kms:ViaService" = "kinesis.us-east-1.amazonaws.com", "kms:EncryptionContext:aws:kinesis:arn" = "arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events" } }]
    }))
    error_message = "Unexpected permissions: ${jsonencode(output.permissions)}"
  }
}

run "without_backfill_key_only_decrypts" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    stream_kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/k"
    backfill           = false
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadStream", "WriteLogs", "ReadPolicy", "WriteToFailureBucket", "ProtectPolicyAndPackage", "ListFailureBucket", "DescribeEc2", "MirrorInterfaces", "UsePolicyFiltersAndTargets", "CreateTaggedSessions", "ModifyTaggedSessions", "TagSessionsOnCreate", "UseStreamKey"])
    error_message = "Unexpected statements: ${jsonencode(output.permissions[*].Sid)}"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] if contains(["UseStreamKey"], s.Sid) })) == jsondecode(jsonencode({
      UseStreamKey = ["Allow", ["kms:Decrypt"], ["arn:aws:kms:us-east-1:111122223333:key/k"], { StringEquals = { "kms:ViaService" = "kinesis.us-east-1.amazonaws.com", "kms:EncryptionContext:aws:kinesis:arn" = "arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events" } }]
    }))
    error_message = "Unexpected permissions: ${jsonencode(output.permissions)}"
  }
}

run "vpc_function_may_manage_its_interfaces" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    function = {
      vpc = { subnet_ids = ["subnet-f"], security_group_ids = ["sg-f"] }
    }
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadStream", "WriteLogs", "ReadPolicy", "WriteToFailureBucket", "ProtectPolicyAndPackage", "ListFailureBucket", "DescribeEc2", "PutNextPage", "MirrorInterfaces", "UsePolicyFiltersAndTargets", "CreateTaggedSessions", "ModifyTaggedSessions", "TagSessionsOnCreate", "DescribeFunctionInterfaces", "ManageFunctionInterfaces", "DenyInterfacesToFunctionCode"])
    error_message = "Unexpected statements: ${jsonencode(output.permissions[*].Sid)}"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] if contains(["DescribeFunctionInterfaces", "ManageFunctionInterfaces", "DenyInterfacesToFunctionCode"], s.Sid) })) == jsondecode(jsonencode({
      DescribeFunctionInterfaces   = ["Allow", ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], ["*"], {}]
      ManageFunctionInterfaces     = ["Allow", ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"], ["arn:aws:ec2:us-east-1:111122223333:*/*"], {}]
      DenyInterfacesToFunctionCode = ["Deny", ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"], ["*"], { ArnEquals = { "lambda:SourceFunctionArn" = "arn:aws:lambda:us-east-1:111122223333:function:tmp-consumer" } }]
    }))
    error_message = "Unexpected permissions: ${jsonencode(output.permissions)}"
  }
}

run "only_describe_calls_are_allowed_on_all_resources" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/on-demand.yaml"
  }

  assert {
    condition = alltrue([
      for s in output.permissions : alltrue([for action in s.Action : can(regex("^ec2:Describe", action))])
      if s.Effect == "Allow" && contains(s.Resource, "*")
    ])
    error_message = "Only describe calls may be allowed on all resources."
  }
}

run "only_lambda_can_assume_the_role" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  assert {
    condition = jsondecode(aws_iam_role.consumer.assume_role_policy).Statement == [{
      Effect    = "Allow"
      Principal = { Service = "lambda.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
    error_message = "Only Lambda may assume the role."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.consumer.policy).Statement == jsondecode(jsonencode(output.permissions))
    error_message = "The output permissions must match the role's policy."
  }
}
