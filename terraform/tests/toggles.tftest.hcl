# Every combination of the three switches: what is there, and what is not, not even a permission.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  region       = "us-east-1"
  name         = "tmp"
  policy_file  = "./tests/policies/fixed.yaml"
  package_file = "./terraform.tf"
}

run "existing_and_launch_and_guardduty_are_on" {
  command = plan

  variables {
    enable_for_existing_instances = true
    enable_for_instance_launch    = true
    enable_for_guardduty          = true
  }

  assert {
    condition     = keys(output.rule_names) == ["guardduty", "launch"] && keys(module.event_forwarding) == ["guardduty", "launch"]
    error_message = "There are other rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["backfill", "guardduty", "launch"]
    error_message = "There are other dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 1 && (output.schedule_name == null) == false && (output.schedule_group_name == null) == false
    error_message = "Without targets on demand, whether there is a schedule follows from enable_for_existing_instances alone."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutTheNextPage") == true
    error_message = "Only backfill puts pages on the stream."
  }
}

run "existing_and_launch_are_on" {
  command = plan

  variables {
    enable_for_existing_instances = true
    enable_for_instance_launch    = true
    enable_for_guardduty          = false
  }

  assert {
    condition     = keys(output.rule_names) == ["launch"] && keys(module.event_forwarding) == ["launch"]
    error_message = "There are other rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["backfill", "launch"]
    error_message = "There are other dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 1 && (output.schedule_name == null) == false && (output.schedule_group_name == null) == false
    error_message = "Without targets on demand, whether there is a schedule follows from enable_for_existing_instances alone."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutTheNextPage") == true
    error_message = "Only backfill puts pages on the stream."
  }
}

run "existing_and_guardduty_are_on" {
  command = plan

  variables {
    enable_for_existing_instances = true
    enable_for_instance_launch    = false
    enable_for_guardduty          = true
  }

  assert {
    condition     = keys(output.rule_names) == ["guardduty"] && keys(module.event_forwarding) == ["guardduty"]
    error_message = "There are other rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["backfill", "guardduty"]
    error_message = "There are other dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 1 && (output.schedule_name == null) == false && (output.schedule_group_name == null) == false
    error_message = "Without targets on demand, whether there is a schedule follows from enable_for_existing_instances alone."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutTheNextPage") == true
    error_message = "Only backfill puts pages on the stream."
  }
}

run "existing_is_on" {
  command = plan

  variables {
    enable_for_existing_instances = true
    enable_for_instance_launch    = false
    enable_for_guardduty          = false
  }

  assert {
    condition     = keys(output.rule_names) == [] && keys(module.event_forwarding) == []
    error_message = "There are other rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["backfill"]
    error_message = "There are other dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 1 && (output.schedule_name == null) == false && (output.schedule_group_name == null) == false
    error_message = "Without targets on demand, whether there is a schedule follows from enable_for_existing_instances alone."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutTheNextPage") == true
    error_message = "Only backfill puts pages on the stream."
  }
}

run "launch_and_guardduty_are_on" {
  command = plan

  variables {
    enable_for_existing_instances = false
    enable_for_instance_launch    = true
    enable_for_guardduty          = true
  }

  assert {
    condition     = keys(output.rule_names) == ["guardduty", "launch"] && keys(module.event_forwarding) == ["guardduty", "launch"]
    error_message = "There are other rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["guardduty", "launch"]
    error_message = "There are other dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 0 && (output.schedule_name == null) == true && (output.schedule_group_name == null) == true
    error_message = "Without targets on demand, whether there is a schedule follows from enable_for_existing_instances alone."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutTheNextPage") == false
    error_message = "Only backfill puts pages on the stream."
  }
}

run "launch_is_on" {
  command = plan

  variables {
    enable_for_existing_instances = false
    enable_for_instance_launch    = true
    enable_for_guardduty          = false
  }

  assert {
    condition     = keys(output.rule_names) == ["launch"] && keys(module.event_forwarding) == ["launch"]
    error_message = "There are other rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["launch"]
    error_message = "There are other dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 0 && (output.schedule_name == null) == true && (output.schedule_group_name == null) == true
    error_message = "Without targets on demand, whether there is a schedule follows from enable_for_existing_instances alone."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutTheNextPage") == false
    error_message = "Only backfill puts pages on the stream."
  }
}

run "guardduty_is_on" {
  command = plan

  variables {
    enable_for_existing_instances = false
    enable_for_instance_launch    = false
    enable_for_guardduty          = true
  }

  assert {
    condition     = keys(output.rule_names) == ["guardduty"] && keys(module.event_forwarding) == ["guardduty"]
    error_message = "There are other rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["guardduty"]
    error_message = "There are other dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 0 && (output.schedule_name == null) == true && (output.schedule_group_name == null) == true
    error_message = "Without targets on demand, whether there is a schedule follows from enable_for_existing_instances alone."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutTheNextPage") == false
    error_message = "Only backfill puts pages on the stream."
  }
}

run "nothing_is_on" {
  command = plan

  variables {
    enable_for_existing_instances = false
    enable_for_instance_launch    = false
    enable_for_guardduty          = false
  }

  assert {
    condition     = keys(output.rule_names) == [] && keys(module.event_forwarding) == []
    error_message = "There are other rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == []
    error_message = "There are other dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 0 && (output.schedule_name == null) == true && (output.schedule_group_name == null) == true
    error_message = "Without targets on demand, whether there is a schedule follows from enable_for_existing_instances alone."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutTheNextPage") == false
    error_message = "Only backfill puts pages on the stream."
  }
}

run "the_predecessors_defaults_are_kept" {
  command = plan

  assert {
    condition     = keys(output.rule_names) == ["launch"] && output.schedule_name != null
    error_message = "Existing and launched instances unless something else is said, and no findings."
  }
}

run "a_dry_run_may_change_nothing" {
  command = plan

  variables {
    dry_run     = true
    policy_file = "./tests/policies/on-demand.yaml"
  }

  assert {
    condition     = output.environment.MIRROR_DRY_RUN == "true"
    error_message = "The function has to know that it is a dry run."
  }

  assert {
    condition     = !can(regex("ec2:(Create|Modify|Run|Delete|Terminate)", jsonencode(output.permissions)))
    error_message = "A dry run should have no permission to change anything in EC2."
  }
}

run "inputs_reach_what_they_are_for" {
  command = plan

  variables {
    stream             = { mode = "PROVISIONED", shards = 3, retention_hours = 48 }
    batching           = { max_record_age_seconds = 172799 }
    backfill_page_size = 50
    function           = { log_level = "WARN", environment = { A_SETTING = "x" } }
    targets_on_demand  = { launches_per_invocation = 7 }
  }

  assert {
    condition     = output.environment.MIRROR_LOG_LEVEL == "WARN" && output.environment.A_SETTING == "x"
    error_message = "The function should get its log level and its extra environment."
  }

  assert {
    condition     = output.environment.MIRROR_LAUNCHES_PER_INVOCATION == "7"
    error_message = "The function should get how many targets it may launch."
  }

  assert {
    condition     = jsondecode(module.backfill[0].input).detail["page-size"] == 50
    error_message = "The first page should have the size that was asked for."
  }
}
