# Permissions that exist only where an entry of the policy asks for targets on demand.

locals {
  # Where targets may be launched: in subnets, in any subnet of a VPC, or, where an entry by tags
  # names no subnet, anywhere.
  launch_places = [
    for place in [
      {
        granted = !local.launched.anywhere && length(local.launched.subnets) > 0
        statement = {
          Sid      = "LaunchTargetsInTheseSubnets"
          Effect   = "Allow"
          Action   = ["ec2:RunInstances"]
          Resource = [for id in local.launched.subnets : "${local.ec2_arn}:subnet/${id}"]
        }
      },
      {
        granted = !local.launched.anywhere && length(local.launched.vpcs) > 0
        statement = {
          Sid       = "LaunchTargetsInTheseVpcs"
          Effect    = "Allow"
          Action    = ["ec2:RunInstances"]
          Resource  = ["${local.ec2_arn}:subnet/*"]
          Condition = { StringEquals = { "ec2:Vpc" = [for id in local.launched.vpcs : "${local.ec2_arn}:vpc/${id}"] } }
        }
      },
      {
        granted = local.launched.anywhere
        statement = {
          Sid      = "LaunchTargetsWhereTheirSourcesAre"
          Effect   = "Allow"
          Action   = ["ec2:RunInstances"]
          Resource = ["${local.ec2_arn}:subnet/*"]
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
          [for id in local.launched.groups : "${local.ec2_arn}:security-group/${id}"],
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
        Sid      = "MakeTargetsOfInterfaces"
        Effect   = "Allow"
        Action   = ["ec2:CreateTrafficMirrorTarget"]
        Resource = ["${local.ec2_arn}:network-interface/*"]
      },
      {
        Sid       = "MakeTargetsThatCarryOurTag"
        Effect    = "Allow"
        Action    = ["ec2:CreateTrafficMirrorTarget"]
        Resource  = ["${local.ec2_arn}:traffic-mirror-target/*"]
        Condition = { StringEquals = { "aws:RequestTag/${local.own_tag}" = var.name } }
      },
      {
        Sid       = "UseTargetsThatCarryOurTag"
        Effect    = "Allow"
        Action    = ["ec2:CreateTrafficMirrorSession", "ec2:ModifyTrafficMirrorSession"]
        Resource  = ["${local.ec2_arn}:traffic-mirror-target/*"]
        Condition = { StringEquals = { "aws:ResourceTag/${local.own_tag}" = var.name } }
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
}
