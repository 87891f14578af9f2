# The parts of the mirror policy that Terraform reads: enough to grant only the permissions that it needs, and to reject
# at plan time what the function would reject at start-up. The function's own parser is authoritative.

locals {
  placeholder = "<INSERT_VALUE>"

  policy_text   = try(file(var.policy_file), "")
  policy_tree   = try(yamldecode(local.policy_text), null)
  policy_digest = sha256(local.policy_text)

  selectors = { tags = "tagList", subnets = "subnetId", vpcs = "vpcId" }

  entry_keys = [
    "filterId", "targetId", "targetInstanceType", "targetInstanceAmi", "targetSecurityGroupIds",
    "targetSubnetId", "sessionNumber",
  ]

  # The expected form of each value. An id becomes part of a permission, where * and ? are wildcards, so the whole id is
  # checked and not only its prefix.
  expected = {
    filterId               = { pattern = "^tmf-[A-Za-z0-9_-]+$", what = "the id of a traffic mirror filter (tmf-...)" }
    targetId               = { pattern = "^tmt-[A-Za-z0-9_-]+$", what = "the id of a traffic mirror target (tmt-...)" }
    subnetId               = { pattern = "^subnet-[A-Za-z0-9_-]+$", what = "the id of a subnet (subnet-...)" }
    vpcId                  = { pattern = "^vpc-[A-Za-z0-9_-]+$", what = "the id of a VPC (vpc-...)" }
    targetSubnetId         = { pattern = "^subnet-[A-Za-z0-9_-]+$", what = "the id of a subnet (subnet-...)" }
    targetInstanceAmi      = { pattern = "^ami-[A-Za-z0-9_-]+$", what = "the id of a machine image (ami-...)" }
    targetInstanceType     = { pattern = "^[A-Za-z0-9.-]+$", what = "an instance type (for example c5.xlarge)" }
    targetSecurityGroupIds = { pattern = "^sg-[A-Za-z0-9_-]+$", what = "a list of security group ids (sg-...)" }
  }

  # Every entry as { id, section, node }. Messages and tags refer to an entry by this id.
  nodes = flatten([
    for section in ["tags", "subnets", "vpcs"] : [
      for index, node in try([for node in local.policy_tree[section] : node], []) :
      { id = "${section}[${index}]", section = section, node = node }
      if can(local.policy_tree[section][0])
    ]
  ])

  # The values of each entry by key; a placeholder counts as a missing key.
  values = {
    for entry in local.nodes : entry.id => {
      for key in keys(local.expected) : key => [
        for text in try(
          key == "targetSecurityGroupIds"
          ? tolist([for item in entry.node[key] : tostring(item)])
          : tolist([tostring(entry.node[key])]),
          [],
        ) : text if text != null && text != local.placeholder
      ]
    }
  }

  entries = [
    for entry in local.nodes : {
      id      = entry.id
      section = entry.section
      values  = local.values[entry.id]
      fixed   = length(local.values[entry.id].targetId) > 0
      # Any key of a launch specification makes it one; its missing keys are then problems.
      launch = length(local.values[entry.id].targetId) == 0 && anytrue([
        for key in ["targetInstanceType", "targetInstanceAmi", "targetSecurityGroupIds", "targetSubnetId"] :
        length(local.values[entry.id][key]) > 0
      ])
    }
  ]

  filter_ids = sort(distinct(flatten(local.entries[*].values.filterId)))
  target_ids = sort(distinct(flatten(local.entries[*].values.targetId)))

  launches = [for entry in local.entries : entry if entry.launch]
  launched = {
    types  = sort(distinct(flatten(local.launches[*].values.targetInstanceType)))
    images = sort(distinct(flatten(local.launches[*].values.targetInstanceAmi)))
    groups = sort(distinct(flatten(local.launches[*].values.targetSecurityGroupIds)))
    # Without targetSubnetId, a target is launched in the subnet of the instance that it serves. Only entries by subnet and
    # by VPC limit which subnets those are.
    subnets = sort(distinct(flatten([
      for entry in local.launches :
      concat(entry.values.targetSubnetId, [for id in entry.values.subnetId : id if length(entry.values.targetSubnetId) == 0])
    ])))
    vpcs = sort(distinct(flatten([
      for entry in local.launches : entry.values.vpcId
      if entry.section == "vpcs" && length(entry.values.targetSubnetId) == 0
    ])))
    anywhere = anytrue([
      for entry in local.launches : entry.section == "tags" && length(entry.values.targetSubnetId) == 0
    ])
  }
}
