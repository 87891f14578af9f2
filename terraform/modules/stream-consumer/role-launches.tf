# Permissions that exist only where an entry of the policy asks for targets on demand.

locals {
  pool_tag = "traffic-mirror-pipeline:pool"

  launches_targets = length(local.launches) > 0 && !var.dry_run
  sweeps_targets = alltrue([
    length(local.launches) > 0 || var.targets_on_demand.keep_sweeping,
    var.targets_on_demand.sweep_after_minutes > 0,
    !var.dry_run,
  ])

  # Where targets may be launched: in subnets, in any subnet of a VPC, or, where an entry by tags
  # names no subnet, anywhere. A subnet that another account shares carries that account's number, and
  # so does its VPC; what is launched there is this account's.
  launch_places = [
    for place in [
      {
        granted = !local.launched.anywhere && length(local.launched.subnets) > 0
        statement = {
          Sid      = "LaunchTargetsInTheseSubnets"
          Effect   = "Allow"
          Action   = ["ec2:RunInstances"]
          Resource = [for id in local.launched.subnets : "${local.shared_arn}:subnet/${id}"]
        }
      },
      {
        granted = !local.launched.anywhere && length(local.launched.vpcs) > 0
        statement = {
          Sid       = "LaunchTargetsInTheseVpcs"
          Effect    = "Allow"
          Action    = ["ec2:RunInstances"]
          Resource  = ["${local.shared_arn}:subnet/*"]
          Condition = { ArnLike = { "ec2:Vpc" = [for id in local.launched.vpcs : "${local.shared_arn}:vpc/${id}"] } }
        }
      },
      {
        granted = local.launched.anywhere
        statement = {
          Sid      = "LaunchTargetsWhereTheirSourcesAre"
          Effect   = "Allow"
          Action   = ["ec2:RunInstances"]
          Resource = ["${local.shared_arn}:subnet/*"]
        }
      },
    ] : place.statement if place.granted
  ]

  launch_statements = concat(
    [
      {
        Sid    = "LaunchTargetsOfTheseImagesAndGroups"
        Effect = "Allow"
        Action = ["ec2:RunInstances"]
        Resource = concat(
          # Images have no account in their ARN.
          [for id in local.launched.images : "arn:${local.partition}:ec2:${local.region}::image/${id}"],
          # Groups can be shared as subnets are.
          [for id in local.launched.groups : "${local.shared_arn}:security-group/${id}"],
        )
      },
      {
        Sid      = "LaunchTargetsOfTheseTypes"
        Effect   = "Allow"
        Action   = ["ec2:RunInstances"]
        Resource = ["${local.ec2_arn}:instance/*"]
        Condition = {
          StringEquals = {
            "ec2:InstanceType"                = local.launched.types
            "ec2:MetadataHttpTokens"          = "required"
            "aws:RequestTag/${local.own_tag}" = var.name
          }
        }
      },
      {
        Sid      = "LaunchTargetsWithTheirInterfacesAndVolumes"
        Effect   = "Allow"
        Action   = ["ec2:RunInstances"]
        Resource = ["${local.ec2_arn}:network-interface/*", "${local.ec2_arn}:volume/*"]
      },
    ],
    local.launch_places,
    [
      {
        # The interface of an instance carries the tag from its launch on.
        Sid       = "MakeTargetsOfInterfacesThatCarryOurTag"
        Effect    = "Allow"
        Action    = ["ec2:CreateTrafficMirrorTarget"]
        Resource  = ["${local.ec2_arn}:network-interface/*"]
        Condition = { StringEquals = { "aws:ResourceTag/${local.own_tag}" = var.name } }
      },
      {
        Sid       = "MakeTargetsThatCarryOurTag"
        Effect    = "Allow"
        Action    = ["ec2:CreateTrafficMirrorTarget"]
        Resource  = ["${local.ec2_arn}:traffic-mirror-target/*"]
        Condition = { StringEquals = { "aws:RequestTag/${local.own_tag}" = var.name } }
      },
      {
        # A target on the interface of an instance of ours counts as ours even where it has no tags; another
        # deployment's has, and is not used.
        Sid       = "UseTargetsThatCarryNoOthersTag"
        Effect    = "Allow"
        Action    = ["ec2:CreateTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession"]
        Resource  = ["${local.ec2_arn}:traffic-mirror-target/*"]
        Condition = { StringEqualsIfExists = { "aws:ResourceTag/${local.own_tag}" = var.name } }
      },
      {
        Sid    = "TagTargetsAsTheyAreMade"
        Effect = "Allow"
        Action = ["ec2:CreateTags"]
        Resource = [
          "${local.ec2_arn}:instance/*",
          "${local.ec2_arn}:network-interface/*",
          "${local.ec2_arn}:traffic-mirror-target/*",
          "${local.ec2_arn}:volume/*",
        ]
        Condition = {
          StringEquals = {
            "ec2:CreateAction"                = ["CreateTrafficMirrorTarget", "RunInstances"]
            "aws:RequestTag/${local.own_tag}" = var.name
          }
        }
      },
    ],
  )

  # What removes something, and only what this deployment made as a target: never where a tag is missing.
  sweep_statements = [
    for sid, removal in {
      DeleteTargetsOfOurPools      = { action = "ec2:DeleteTrafficMirrorTarget", kind = "traffic-mirror-target" }
      TerminateInstancesOfOurPools = { action = "ec2:TerminateInstances", kind = "instance" }
      } : {
      Sid      = sid
      Effect   = "Allow"
      Action   = [removal.action]
      Resource = ["${local.ec2_arn}:${removal.kind}/*"]
      Condition = {
        StringEquals = { "aws:ResourceTag/${local.own_tag}" = var.name }
        Null         = { "aws:ResourceTag/${local.pool_tag}" = "false" }
      }
    }
  ]
}
