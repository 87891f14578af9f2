# Permissions that exist only where the function is placed in a VPC (Lambda developer guide, "Giving
# Lambda functions access to resources in an Amazon VPC").

locals {
  vpc_statements = [
    {
      Sid    = "SeeInterfacesOfTheFunction"
      Effect = "Allow"
      Action = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
      # Like the others, these know no resources. Lambda itself makes these calls: no condition on a region.
      Resource = ["*"]
    },
    {
      Sid    = "MakeInterfacesOfTheFunction"
      Effect = "Allow"
      Action = ["ec2:CreateNetworkInterface"]
      Resource = concat(
        ["${local.ec2_arn}:network-interface/*"],
        [for id in try(var.function.vpc.subnet_ids, []) : "${local.ec2_arn}:subnet/${id}"],
        [for id in try(var.function.vpc.security_group_ids, []) : "${local.ec2_arn}:security-group/${id}"],
      )
    },
    {
      # Lambda asks that all resources of the account are covered, not only interfaces.
      Sid      = "RemoveInterfacesOfTheFunction"
      Effect   = "Allow"
      Action   = ["ec2:AssignPrivateIpAddresses", "ec2:DeleteNetworkInterface", "ec2:UnassignPrivateIpAddresses"]
      Resource = ["${local.ec2_arn}:*/*"]
    },
    {
      # The four above are for Lambda, not for the code that it runs.
      Sid    = "KeepThatFromTheCode"
      Effect = "Deny"
      Action = [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:UnassignPrivateIpAddresses",
      ]
      Resource  = ["*"]
      Condition = { ArnEquals = { "lambda:SourceFunctionArn" = local.function_arn } }
    },
  ]
}
