# Permissions that exist only if the function runs in a VPC (Lambda developer guide, "Giving
# Lambda functions access to resources in an Amazon VPC").

locals {
  # For the Lambda service, which creates the interfaces, not for the function's code.
  interface_actions = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:UnassignPrivateIpAddresses",
  ]

  vpc_statements = [
    {
      # Like the other describe calls, these do not support resource-level permissions.
      Sid      = "DescribeFunctionInterfaces"
      Effect   = "Allow"
      Action   = ["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"]
      Resource = ["*"]
    },
    {
      # Before Lambda creates an interface, it checks these permissions on any resource of the account. It can reject
      # a role that is limited to the configured subnets and groups.
      Sid      = "ManageFunctionInterfaces"
      Effect   = "Allow"
      Action   = local.interface_actions
      Resource = ["${local.ec2_arn}:*/*"]
    },
    {
      Sid       = "DenyInterfacesToFunctionCode"
      Effect    = "Deny"
      Action    = local.interface_actions
      Resource  = ["*"]
      Condition = { ArnEquals = { "lambda:SourceFunctionArn" = local.function_arn } }
    },
  ]
}
