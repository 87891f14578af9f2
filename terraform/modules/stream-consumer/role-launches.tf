# Permissions that exist only if a policy entry uses targets on demand.

locals {
  pool_tag = "traffic-mirror-pipeline:pool"

  launches_targets = length(local.launches) > 0 && !var.dry_run
  sweeps_targets = alltrue([
    length(local.launches) > 0 || var.targets_on_demand.keep_sweeping,
    var.targets_on_demand.sweep_after_minutes > 0,
    !var.dry_run,
  ])

  # Where targets may be launched: in named subnets, in any subnet of a VPC, or, if an entry by tags names no subnet,
  # anywhere. The ARNs of a shared subnet and its VPC contain the owner's account id; the launched resources belong
  # to this account.
  launch_places = [
    for place in [
      {
        granted = !local.launched.anywhere && length(local.launched.subnets) > 0
        statement = {
          Sid      = "LaunchTargetsInSubnets"
          Effect   = "Allow"
          Action   = ["ec2:RunInstances"]
          Resource = [for id in local.launched.subnets : "${local.shared_arn}:subnet/${id}"]
        }
      },
      {
        granted = !local.launched.anywhere && length(local.launched.vpcs) > 0
        statement = {
          Sid       = "LaunchTargetsInVpcs"
          Effect    = "Allow"
          Action    = ["ec2:RunInstances"]
          Resource  = ["${local.shared_arn}:subnet/*"]
          Condition = { ArnLike = { "ec2:Vpc" = [for id in local.launched.vpcs : "${local.shared_arn}:vpc/${id}"] } }
        }
      },
      {
        granted = local.launched.anywhere
        statement = {
          Sid      = "LaunchTargetsInAnySubnet"
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
        Sid    = "LaunchTargetsFromImagesAndGroups"
        Effect = "Allow"
        Action = ["ec2:RunInstances"]
        Resource = concat(
          # Image ARNs contain no account id.
          [for id in local.launched.images : "arn:${local.partition}:ec2:${local.region}::image/${id}"],
          # Security groups can be shared, like subnets.
          [for id in local.launched.groups : "${local.shared_arn}:security-group/${id}"],
        )
      },
      {
        Sid      = "LaunchTargetsOfTypes"
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
        Sid      = "LaunchTargetsWithInterfacesAndVolumes"
        Effect   = "Allow"
        Action   = ["ec2:RunInstances"]
        Resource = ["${local.ec2_arn}:network-interface/*", "${local.ec2_arn}:volume/*"]
      },
    ],
    local.launch_places,
    [
      {
        # The interface of an instance is tagged at launch.
        Sid       = "CreateTargetsOnTaggedInterfaces"
        Effect    = "Allow"
        Action    = ["ec2:CreateTrafficMirrorTarget"]
        Resource  = ["${local.ec2_arn}:network-interface/*"]
        Condition = { StringEquals = { "aws:ResourceTag/${local.own_tag}" = var.name } }
      },
      {
        Sid       = "CreateTaggedTargets"
        Effect    = "Allow"
        Action    = ["ec2:CreateTrafficMirrorTarget"]
        Resource  = ["${local.ec2_arn}:traffic-mirror-target/*"]
        Condition = { StringEquals = { "aws:RequestTag/${local.own_tag}" = var.name } }
      },
      {
        # An untagged target on the interface of one of this deployment's instances counts as its own. A target with
        # another deployment's tag is never used.
        Sid       = "UseUnclaimedTargets"
        Effect    = "Allow"
        Action    = ["ec2:CreateTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession"]
        Resource  = ["${local.ec2_arn}:traffic-mirror-target/*"]
        Condition = { StringEqualsIfExists = { "aws:ResourceTag/${local.own_tag}" = var.name } }
      },
      {
        Sid    = "TagTargetsOnCreate"
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

  # Delete and terminate only the targets and instances of this deployment's pools; both tags must be present.
  sweep_statements = [
    for sid, removal in {
      DeletePoolTargets      = { action = "ec2:DeleteTrafficMirrorTarget", kind = "traffic-mirror-target" }
      TerminatePoolInstances = { action = "ec2:TerminateInstances", kind = "instance" }
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
