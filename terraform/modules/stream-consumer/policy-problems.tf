# All problems in the policy file, as sentences that name the entry and the fix.

locals {
  # Only the first problem that applies; each of them makes further checks impossible.
  file_problems = [
    for problem in [
      {
        found = !try(fileexists(var.policy_file), false)
        text  = "There is no policy file ${var.policy_file}: write it (config/ has examples), or set policy_file to the one you have."
      },
      {
        found = length(regexall("(?m)^[ \\t]*[^#\\s]", local.policy_text)) == 0
        text  = "The policy file ${var.policy_file} is empty, or not UTF-8 text: write at least one entry under tags, subnets or vpcs."
      },
      {
        found = !can(yamldecode(local.policy_text))
        text  = "The policy file ${var.policy_file} is not YAML. To see the line, run: echo 'yamldecode(file(\"${var.policy_file}\"))' | terraform console"
      },
      {
        found = local.policy_tree != null && !can(keys(local.policy_tree))
        text  = "The policy file ${var.policy_file} is not a mapping: write at least one entry under tags, subnets or vpcs."
      },
      {
        found = length(local.nodes) == 0
        text  = "The policy file ${var.policy_file} has no entry: write at least one, in a list under tags, subnets or vpcs."
      },
    ] : problem.text if problem.found
  ]

  policy_problems = length(local.file_problems) > 0 ? tolist([local.file_problems[0]]) : tolist(concat(
    [
      for key in try(keys(local.policy_tree), []) :
      "'${key}' is not a section: use tags, subnets or vpcs."
      if !contains(keys(local.selectors), key)
    ],
    [
      for section in keys(local.selectors) :
      "${section} is not a list of entries: start each entry with '- ', or remove the section."
      if can(local.policy_tree[section]) && !can(local.policy_tree[section][0])
    ],
    flatten([for entry in local.nodes : can(keys(entry.node)) ? tolist(local.entry_problems[entry.id]) : tolist([
      "${entry.id} is not a mapping: write the keys ${local.selectors[entry.section]}, filterId and targetId."
    ])]),
  ))

  required_texts = {
    for entry in local.nodes : entry.id => setsubtract(
      toset(["filterId", local.selectors[entry.section]]), ["tagList"]
    )
  }

  entry_problems = {
    for entry in local.entries : entry.id => concat(
      [
        for key in try(keys(local.node[entry.id]), []) :
        "${entry.id} has a key '${key}' that means nothing: use ${local.selectors[entry.section]}, ${join(", ", local.entry_keys)}."
        if !contains(concat(local.entry_keys, [local.selectors[entry.section]]), key)
      ],
      [
        for key in local.required_texts[entry.id] :
        "${entry.id} has no ${key}, or it is still ${local.placeholder}: fill in ${local.expected[key].what}."
        if length(entry.values[key]) == 0
      ],
      flatten([
        for key, expected in local.expected : [
          for text in entry.values[key] :
          "${entry.id} has '${text}' as ${key}: use ${expected.what}."
          if !can(regex(expected.pattern, text))
        ]
      ]),
      [
        for key in ["targetSecurityGroupIds"] :
        "${entry.id} has something else than ids in ${key}: use ${local.expected[key].what}."
        if !entry.fixed && local.misfit_groups[entry.id]
      ],
      [for problem in local.tag_problems[entry.id] : problem if entry.section == "tags"],
      [
        for problem in [
          {
            found = !entry.fixed && !entry.launch
            text  = "${entry.id} sends its traffic nowhere: fill in targetId, ${local.expected.targetId.what}, or all of targetInstanceType, targetInstanceAmi and targetSecurityGroupIds."
          },
          {
            found = entry.launch && length(local.missing_parts[entry.id]) > 0
            text  = "${entry.id} launches its targets, but has no ${join(", ", local.missing_parts[entry.id])}: fill that in, or targetId instead."
          },
        ] : problem.text if problem.found
      ],
    )
  }

  node = { for entry in local.nodes : entry.id => entry.node }

  # A single value instead of a list, or a list that contains a placeholder.
  misfit_groups = {
    for entry in local.nodes : entry.id => try(
      tostring(entry.node.targetSecurityGroupIds) != local.placeholder &&
      tostring(entry.node.targetSecurityGroupIds) != null,
      contains([for item in entry.node.targetSecurityGroupIds : try(tostring(item), local.placeholder)], local.placeholder),
      false,
    )
  }

  missing_parts = {
    for entry in local.entries : entry.id => [
      for key in ["targetInstanceType", "targetInstanceAmi", "targetSecurityGroupIds"] : key
      if length(entry.values[key]) == 0
    ]
  }

  tag_problems = {
    for entry in local.nodes : entry.id => concat(
      [
        for id in [entry.id] : "${id} has no tagList: write a list of tags, each with Key and Value."
        if !can(entry.node.tagList[0])
      ],
      [
        for index, tag in try(entry.node.tagList, []) :
        "${entry.id} has a tag without Key or Value, or with ${local.placeholder} (number ${index + 1} of its tagList): fill them in."
        if !can(tostring(tag.Key)) || !can(tostring(tag.Value)) || contains([try(tostring(tag.Key), ""), try(tostring(tag.Value), "")], local.placeholder)
      ],
    )
  }
}
