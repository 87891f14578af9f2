# What the function's role may do, statement by statement, derived from the policy file and the toggles.

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

run "targets_that_exist_ask_for_sessions_and_nothing_more" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] })) == jsondecode(jsonencode({
      ReadTheStream                      = ["Allow", ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"], ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events"], {}]
      WriteTheLog                        = ["Allow", ["logs:CreateLogStream", "logs:PutLogEvents"], ["arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/tmp-consumer:*"], {}]
      ReadThePolicy                      = ["Allow", ["s3:GetObject", "s3:GetObjectVersion"], ["arn:aws:s3:::${output.failure_bucket}/policy/mirror-policy.yaml"], { StringEquals = { "s3:ResourceAccount" = "111122223333" } }]
      KeepWhatIsGivenUpOn                = ["Allow", ["s3:PutObject"], ["arn:aws:s3:::${output.failure_bucket}/*"], { StringEquals = { "s3:ResourceAccount" = "111122223333" } }]
      LeaveItsPolicyAndPackageAlone      = ["Deny", ["s3:PutObject"], ["arn:aws:s3:::${output.failure_bucket}/package/*", "arn:aws:s3:::${output.failure_bucket}/policy/*"], {}]
      FindTheBucket                      = ["Allow", ["s3:ListBucket"], ["arn:aws:s3:::${output.failure_bucket}"], { StringEquals = { "s3:ResourceAccount" = "111122223333" } }]
      SeeWhatIsThere                     = ["Allow", ["ec2:DescribeInstances", "ec2:DescribeTrafficMirrorSessions", "ec2:DescribeTrafficMirrorTargets"], ["*"], { StringEquals = { "aws:RequestedRegion" = "us-east-1" } }]
      PutTheNextPage                     = ["Allow", ["kinesis:PutRecords"], ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events"], {}]
      MirrorInterfaces                   = ["Allow", ["ec2:CreateTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:network-interface/*"], {}]
      UseTheFiltersAndTargetsOfThePolicy = ["Allow", ["ec2:CreateTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:*:traffic-mirror-filter/tmf-a", "arn:aws:ec2:us-east-1:*:traffic-mirror-filter/tmf-b", "arn:aws:ec2:us-east-1:*:traffic-mirror-target/tmt-a", "arn:aws:ec2:us-east-1:*:traffic-mirror-target/tmt-b"], {}]
      CreateSessionsThatCarryOurTag      = ["Allow", ["ec2:CreateTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-session/*"], { StringEquals = { "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      ModifySessionsThatCarryOurTag      = ["Allow", ["ec2:ModifyTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-session/*"], { StringEquals = { "aws:ResourceTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      TagSessionsAsTheyAreCreated        = ["Allow", ["ec2:CreateTags"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-session/*"], { StringEquals = { "ec2:CreateAction" = "CreateTrafficMirrorSession", "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
    }))
    error_message = "The role may do something else: ${jsonencode(output.permissions)}"
  }
}

run "without_backfill_nothing_is_put_on_the_stream" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    backfill = false
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadTheStream", "WriteTheLog", "ReadThePolicy", "KeepWhatIsGivenUpOn", "LeaveItsPolicyAndPackageAlone", "FindTheBucket", "SeeWhatIsThere", "MirrorInterfaces", "UseTheFiltersAndTargetsOfThePolicy", "CreateSessionsThatCarryOurTag", "ModifySessionsThatCarryOurTag", "TagSessionsAsTheyAreCreated"])
    error_message = "There is another statement: ${jsonencode(output.permissions[*].Sid)}"
  }
}

run "a_dry_run_may_change_nothing" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    dry_run     = true
    policy_file = "./tests/policies/on-demand.yaml"
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadTheStream", "WriteTheLog", "ReadThePolicy", "KeepWhatIsGivenUpOn", "LeaveItsPolicyAndPackageAlone", "FindTheBucket", "SeeWhatIsThere", "PutTheNextPage"])
    error_message = "There is another statement: ${jsonencode(output.permissions[*].Sid)}"
  }
}

run "targets_on_demand_ask_for_launches_of_what_the_policy_names" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/on-demand.yaml"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] })) == jsondecode(jsonencode({
      ReadTheStream                              = ["Allow", ["kinesis:DescribeStream", "kinesis:DescribeStreamSummary", "kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards"], ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events"], {}]
      WriteTheLog                                = ["Allow", ["logs:CreateLogStream", "logs:PutLogEvents"], ["arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/tmp-consumer:*"], {}]
      ReadThePolicy                              = ["Allow", ["s3:GetObject", "s3:GetObjectVersion"], ["arn:aws:s3:::${output.failure_bucket}/policy/mirror-policy.yaml"], { StringEquals = { "s3:ResourceAccount" = "111122223333" } }]
      KeepWhatIsGivenUpOn                        = ["Allow", ["s3:PutObject"], ["arn:aws:s3:::${output.failure_bucket}/*"], { StringEquals = { "s3:ResourceAccount" = "111122223333" } }]
      LeaveItsPolicyAndPackageAlone              = ["Deny", ["s3:PutObject"], ["arn:aws:s3:::${output.failure_bucket}/package/*", "arn:aws:s3:::${output.failure_bucket}/policy/*"], {}]
      FindTheBucket                              = ["Allow", ["s3:ListBucket"], ["arn:aws:s3:::${output.failure_bucket}"], { StringEquals = { "s3:ResourceAccount" = "111122223333" } }]
      SeeWhatIsThere                             = ["Allow", ["ec2:DescribeInstances", "ec2:DescribeTrafficMirrorSessions", "ec2:DescribeTrafficMirrorTargets"], ["*"], { StringEquals = { "aws:RequestedRegion" = "us-east-1" } }]
      PutTheNextPage                             = ["Allow", ["kinesis:PutRecords"], ["arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events"], {}]
      MirrorInterfaces                           = ["Allow", ["ec2:CreateTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:network-interface/*"], {}]
      UseTheFiltersAndTargetsOfThePolicy         = ["Allow", ["ec2:CreateTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:*:traffic-mirror-filter/tmf-a"], {}]
      CreateSessionsThatCarryOurTag              = ["Allow", ["ec2:CreateTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-session/*"], { StringEquals = { "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      ModifySessionsThatCarryOurTag              = ["Allow", ["ec2:ModifyTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-session/*"], { StringEquals = { "aws:ResourceTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      TagSessionsAsTheyAreCreated                = ["Allow", ["ec2:CreateTags"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-session/*"], { StringEquals = { "ec2:CreateAction" = "CreateTrafficMirrorSession", "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      LaunchTargetsOfTheseImagesAndGroups        = ["Allow", ["ec2:RunInstances"], ["arn:aws:ec2:us-east-1::image/ami-a", "arn:aws:ec2:us-east-1::image/ami-b", "arn:aws:ec2:us-east-1:*:security-group/sg-a", "arn:aws:ec2:us-east-1:*:security-group/sg-b"], {}]
      LaunchTargetsOfTheseTypes                  = ["Allow", ["ec2:RunInstances"], ["arn:aws:ec2:us-east-1:111122223333:instance/*"], { StringEquals = { "ec2:InstanceType" = ["c5.large", "c5.xlarge"], "ec2:MetadataHttpTokens" = "required", "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      LaunchTargetsWithTheirInterfacesAndVolumes = ["Allow", ["ec2:RunInstances"], ["arn:aws:ec2:us-east-1:111122223333:network-interface/*", "arn:aws:ec2:us-east-1:111122223333:volume/*"], {}]
      MakeTargetsOfInterfacesThatCarryOurTag     = ["Allow", ["ec2:CreateTrafficMirrorTarget"], ["arn:aws:ec2:us-east-1:111122223333:network-interface/*"], { StringEquals = { "aws:ResourceTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      MakeTargetsThatCarryOurTag                 = ["Allow", ["ec2:CreateTrafficMirrorTarget"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-target/*"], { StringEquals = { "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      UseTargetsThatCarryNoOthersTag             = ["Allow", ["ec2:CreateTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-target/*"], { StringEqualsIfExists = { "aws:ResourceTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      TagTargetsAsTheyAreMade                    = ["Allow", ["ec2:CreateTags"], ["arn:aws:ec2:us-east-1:111122223333:instance/*", "arn:aws:ec2:us-east-1:111122223333:network-interface/*", "arn:aws:ec2:us-east-1:111122223333:traffic-mirror-target/*", "arn:aws:ec2:us-east-1:111122223333:volume/*"], { StringEquals = { "ec2:CreateAction" = ["CreateTrafficMirrorTarget", "RunInstances"], "aws:RequestTag/traffic-mirror-pipeline:deployment" = "tmp" } }]
      LaunchTargetsInTheseSubnets                = ["Allow", ["ec2:RunInstances"], ["arn:aws:ec2:us-east-1:*:subnet/subnet-b", "arn:aws:ec2:us-east-1:*:subnet/subnet-t"], {}]
      DeleteTargetsOfOurPools                    = ["Allow", ["ec2:DeleteTrafficMirrorTarget"], ["arn:aws:ec2:us-east-1:111122223333:traffic-mirror-target/*"], { StringEquals = { "aws:ResourceTag/traffic-mirror-pipeline:deployment" = "tmp" }, Null = { "aws:ResourceTag/traffic-mirror-pipeline:pool" = "false" } }]
      TerminateInstancesOfOurPools               = ["Allow", ["ec2:TerminateInstances"], ["arn:aws:ec2:us-east-1:111122223333:instance/*"], { StringEquals = { "aws:ResourceTag/traffic-mirror-pipeline:deployment" = "tmp" }, Null = { "aws:ResourceTag/traffic-mirror-pipeline:pool" = "false" } }]
    }))
    error_message = "The role may do something else: ${jsonencode(output.permissions)}"
  }
}

run "targets_of_a_vpc_are_launched_in_its_subnets" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/on-demand-by-vpc.yaml"
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadTheStream", "WriteTheLog", "ReadThePolicy", "KeepWhatIsGivenUpOn", "LeaveItsPolicyAndPackageAlone", "FindTheBucket", "SeeWhatIsThere", "PutTheNextPage", "MirrorInterfaces", "UseTheFiltersAndTargetsOfThePolicy", "CreateSessionsThatCarryOurTag", "ModifySessionsThatCarryOurTag", "TagSessionsAsTheyAreCreated", "LaunchTargetsOfTheseImagesAndGroups", "LaunchTargetsOfTheseTypes", "LaunchTargetsWithTheirInterfacesAndVolumes", "MakeTargetsOfInterfacesThatCarryOurTag", "MakeTargetsThatCarryOurTag", "UseTargetsThatCarryNoOthersTag", "TagTargetsAsTheyAreMade", "DeleteTargetsOfOurPools", "TerminateInstancesOfOurPools", "LaunchTargetsInTheseVpcs"])
    error_message = "There is another statement: ${jsonencode(output.permissions[*].Sid)}"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] if contains(["LaunchTargetsInTheseVpcs"], s.Sid) })) == jsondecode(jsonencode({
      LaunchTargetsInTheseVpcs = ["Allow", ["ec2:RunInstances"], ["arn:aws:ec2:us-east-1:*:subnet/*"], { ArnLike = { "ec2:Vpc" = ["arn:aws:ec2:us-east-1:*:vpc/vpc-a"] } }]
    }))
    error_message = "The role may do something else: ${jsonencode(output.permissions)}"
  }
}

run "targets_for_a_tag_are_launched_where_their_sources_are" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    policy_file = "./tests/policies/on-demand-by-tags.yaml"
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadTheStream", "WriteTheLog", "ReadThePolicy", "KeepWhatIsGivenUpOn", "LeaveItsPolicyAndPackageAlone", "FindTheBucket", "SeeWhatIsThere", "PutTheNextPage", "MirrorInterfaces", "UseTheFiltersAndTargetsOfThePolicy", "CreateSessionsThatCarryOurTag", "ModifySessionsThatCarryOurTag", "TagSessionsAsTheyAreCreated", "LaunchTargetsOfTheseImagesAndGroups", "LaunchTargetsOfTheseTypes", "LaunchTargetsWithTheirInterfacesAndVolumes", "MakeTargetsOfInterfacesThatCarryOurTag", "MakeTargetsThatCarryOurTag", "UseTargetsThatCarryNoOthersTag", "TagTargetsAsTheyAreMade", "DeleteTargetsOfOurPools", "TerminateInstancesOfOurPools", "LaunchTargetsWhereTheirSourcesAre"])
    error_message = "There is another statement: ${jsonencode(output.permissions[*].Sid)}"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] if contains(["LaunchTargetsWhereTheirSourcesAre"], s.Sid) })) == jsondecode(jsonencode({
      LaunchTargetsWhereTheirSourcesAre = ["Allow", ["ec2:RunInstances"], ["arn:aws:ec2:us-east-1:*:subnet/*"], {}]
    }))
    error_message = "The role may do something else: ${jsonencode(output.permissions)}"
  }
}

run "without_a_sweep_nothing_is_removed" {
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
    error_message = "The role may remove something: ${jsonencode(output.permissions)}"
  }

  assert {
    condition     = strcontains(jsonencode(output.permissions), "ec2:RunInstances")
    error_message = "Targets should still be launched."
  }
}

run "what_was_launched_can_be_swept_when_no_entry_asks_for_it_any_more" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    targets_on_demand = { keep_sweeping = true }
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "DeleteTargetsOfOurPools") && contains(output.permissions[*].Sid, "TerminateInstancesOfOurPools") && !output.launches_targets && output.sweeps_targets
    error_message = "The role should be able to remove what the deployment made as a target: ${jsonencode(output.permissions[*].Sid)}"
  }

  assert {
    condition     = !can(regex("ec2:(RunInstances|CreateTrafficMirrorTarget)", jsonencode(output.permissions)))
    error_message = "Nothing should be launched any more."
  }
}

run "what_removes_something_asks_for_both_tags" {
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
    error_message = "Something could be removed that this deployment did not make as a target: ${jsonencode(output.permissions)}"
  }
}

run "a_key_of_the_streams_own_is_used_for_this_stream" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    stream_kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/k"
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadTheStream", "WriteTheLog", "ReadThePolicy", "KeepWhatIsGivenUpOn", "LeaveItsPolicyAndPackageAlone", "FindTheBucket", "SeeWhatIsThere", "PutTheNextPage", "MirrorInterfaces", "UseTheFiltersAndTargetsOfThePolicy", "CreateSessionsThatCarryOurTag", "ModifySessionsThatCarryOurTag", "TagSessionsAsTheyAreCreated", "UseTheKeyOfTheStream"])
    error_message = "There is another statement: ${jsonencode(output.permissions[*].Sid)}"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] if contains(["UseTheKeyOfTheStream"], s.Sid) })) == jsondecode(jsonencode({
      UseTheKeyOfTheStream = ["Allow", ["kms:Decrypt", "kms:GenerateDataKey"], ["arn:aws:kms:us-east-1:111122223333:key/k"], { StringEquals = { "kms:ViaService" = "kinesis.us-east-1.amazonaws.com", "kms:EncryptionContext:aws:kinesis:arn" = "arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events" } }]
    }))
    error_message = "The role may do something else: ${jsonencode(output.permissions)}"
  }
}

run "without_backfill_the_key_only_decrypts" {
  command = plan

  module {
    source = "./modules/stream-consumer"
  }

  variables {
    stream_kms_key_arn = "arn:aws:kms:us-east-1:111122223333:key/k"
    backfill           = false
  }

  assert {
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadTheStream", "WriteTheLog", "ReadThePolicy", "KeepWhatIsGivenUpOn", "LeaveItsPolicyAndPackageAlone", "FindTheBucket", "SeeWhatIsThere", "MirrorInterfaces", "UseTheFiltersAndTargetsOfThePolicy", "CreateSessionsThatCarryOurTag", "ModifySessionsThatCarryOurTag", "TagSessionsAsTheyAreCreated", "UseTheKeyOfTheStream"])
    error_message = "There is another statement: ${jsonencode(output.permissions[*].Sid)}"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] if contains(["UseTheKeyOfTheStream"], s.Sid) })) == jsondecode(jsonencode({
      UseTheKeyOfTheStream = ["Allow", ["kms:Decrypt"], ["arn:aws:kms:us-east-1:111122223333:key/k"], { StringEquals = { "kms:ViaService" = "kinesis.us-east-1.amazonaws.com", "kms:EncryptionContext:aws:kinesis:arn" = "arn:aws:kinesis:us-east-1:111122223333:stream/tmp-events" } }]
    }))
    error_message = "The role may do something else: ${jsonencode(output.permissions)}"
  }
}

run "a_function_in_a_vpc_asks_for_its_interfaces" {
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
    condition     = toset([for s in output.permissions : s.Sid]) == toset(["ReadTheStream", "WriteTheLog", "ReadThePolicy", "KeepWhatIsGivenUpOn", "LeaveItsPolicyAndPackageAlone", "FindTheBucket", "SeeWhatIsThere", "PutTheNextPage", "MirrorInterfaces", "UseTheFiltersAndTargetsOfThePolicy", "CreateSessionsThatCarryOurTag", "ModifySessionsThatCarryOurTag", "TagSessionsAsTheyAreCreated", "SeeInterfacesOfTheFunction", "MakeInterfacesOfTheFunction", "KeepThatFromTheCode"])
    error_message = "There is another statement: ${jsonencode(output.permissions[*].Sid)}"
  }

  assert {
    condition = jsondecode(jsonencode({ for s in output.permissions : s.Sid => [s.Effect, s.Action, s.Resource, try(s.Condition, {})] if contains(["SeeInterfacesOfTheFunction", "MakeInterfacesOfTheFunction", "KeepThatFromTheCode"], s.Sid) })) == jsondecode(jsonencode({
      SeeInterfacesOfTheFunction  = ["Allow", ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"], ["*"], {}]
      MakeInterfacesOfTheFunction = ["Allow", ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"], ["arn:aws:ec2:us-east-1:111122223333:*/*"], {}]
      KeepThatFromTheCode         = ["Deny", ["ec2:AssignPrivateIpAddresses", "ec2:CreateNetworkInterface", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"], ["*"], { ArnEquals = { "lambda:SourceFunctionArn" = "arn:aws:lambda:us-east-1:111122223333:function:tmp-consumer" } }]
    }))
    error_message = "The role may do something else: ${jsonencode(output.permissions)}"
  }
}

run "nothing_but_what_knows_no_resources_is_allowed_on_everything" {
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
    error_message = "Something else than a describe call is allowed on everything."
  }
}

run "only_lambda_gets_the_role" {
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
    error_message = "Nobody but Lambda should get the role."
  }

  assert {
    condition     = jsondecode(aws_iam_role_policy.consumer.policy).Statement == jsondecode(jsonencode(output.permissions))
    error_message = "The output should tell what the role really may do."
  }
}
