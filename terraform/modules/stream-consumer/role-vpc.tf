# Permissions that exist only where the function is placed in a VPC (Lambda developer guide, "Giving
# Lambda functions access to resources in an Amazon VPC").

locals {
  # They are for Lambda, which makes the interfaces, and not for the code that it runs.
  interface_actions = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:UnassignPrivateIpAddresses",
  ]

  vpc_statements = [
    {
      # Like the other describe calls, these know no resources.
      Sid      = "SeeInterfacesOfTheFunction"
      Effect   = "Allow"
      Action   = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
      Resource = ["*"]
    },
    {
      # Lambda looks whether the role may do this to anything of the account, before it makes an
      # interface; a role for these subnets and groups only can be refused.
      Sid      = "MakeInterfacesOfTheFunction"
      Effect   = "Allow"
      Action   = local.interface_actions
      Resource = ["${local.ec2_arn}:*/*"]
    },
    {
      Sid       = "KeepThatFromTheCode"
      Effect    = "Deny"
      Action    = local.interface_actions
      Resource  = ["*"]
      Condition = { ArnEquals = { "lambda:SourceFunctionArn" = local.function_arn } }
    },
  ]
}
