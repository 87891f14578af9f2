# Every combination of the three switches: the resources and permissions that exist, and those that do not.

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
    error_message = "Unexpected rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["backfill", "guardduty", "launch"]
    error_message = "Unexpected dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 1 && (output.schedule_name == null) == false && (output.schedule_group_name == null) == false
    error_message = "Without targets on demand, a schedule must exist exactly if enable_for_existing_instances is on."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutNextPage") == true
    error_message = "Only backfill may put pages on the stream."
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
    error_message = "Unexpected rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["backfill", "launch"]
    error_message = "Unexpected dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 1 && (output.schedule_name == null) == false && (output.schedule_group_name == null) == false
    error_message = "Without targets on demand, a schedule must exist exactly if enable_for_existing_instances is on."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutNextPage") == true
    error_message = "Only backfill may put pages on the stream."
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
    error_message = "Unexpected rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["backfill", "guardduty"]
    error_message = "Unexpected dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 1 && (output.schedule_name == null) == false && (output.schedule_group_name == null) == false
    error_message = "Without targets on demand, a schedule must exist exactly if enable_for_existing_instances is on."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutNextPage") == true
    error_message = "Only backfill may put pages on the stream."
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
    error_message = "Unexpected rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["backfill"]
    error_message = "Unexpected dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 1 && (output.schedule_name == null) == false && (output.schedule_group_name == null) == false
    error_message = "Without targets on demand, a schedule must exist exactly if enable_for_existing_instances is on."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutNextPage") == true
    error_message = "Only backfill may put pages on the stream."
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
    error_message = "Unexpected rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["guardduty", "launch"]
    error_message = "Unexpected dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 0 && (output.schedule_name == null) == true && (output.schedule_group_name == null) == true
    error_message = "Without targets on demand, a schedule must exist exactly if enable_for_existing_instances is on."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutNextPage") == false
    error_message = "Only backfill may put pages on the stream."
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
    error_message = "Unexpected rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["launch"]
    error_message = "Unexpected dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 0 && (output.schedule_name == null) == true && (output.schedule_group_name == null) == true
    error_message = "Without targets on demand, a schedule must exist exactly if enable_for_existing_instances is on."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutNextPage") == false
    error_message = "Only backfill may put pages on the stream."
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
    error_message = "Unexpected rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["guardduty"]
    error_message = "Unexpected dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 0 && (output.schedule_name == null) == true && (output.schedule_group_name == null) == true
    error_message = "Without targets on demand, a schedule must exist exactly if enable_for_existing_instances is on."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutNextPage") == false
    error_message = "Only backfill may put pages on the stream."
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
    error_message = "Unexpected rules: ${jsonencode(output.rule_names)}"
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == []
    error_message = "Unexpected dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = length(module.backfill) == 0 && (output.schedule_name == null) == true && (output.schedule_group_name == null) == true
    error_message = "Without targets on demand, a schedule must exist exactly if enable_for_existing_instances is on."
  }

  assert {
    condition     = contains(output.permissions[*].Sid, "PutNextPage") == false
    error_message = "Only backfill may put pages on the stream."
  }
}

run "defaults_match_the_predecessor" {
  command = plan

  assert {
    condition     = keys(output.rule_names) == ["launch"] && output.schedule_name != null
    error_message = "By default, existing and launched instances are on and findings are off."
  }
}

run "dry_run_may_change_nothing" {
  command = plan

  variables {
    dry_run     = true
    policy_file = "./tests/policies/on-demand.yaml"
  }

  assert {
    condition     = output.environment.MIRROR_DRY_RUN == "true"
    error_message = "The function's environment must set the dry run."
  }

  assert {
    condition     = !can(regex("ec2:(Create|Modify|Run|Delete|Terminate)", jsonencode(output.permissions)))
    error_message = "A dry run must have no permission to change anything in EC2."
  }
}

run "inputs_reach_their_modules" {
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
    error_message = "The function must get its log level and its additional environment variables."
  }

  assert {
    condition     = output.environment.MIRROR_LAUNCHES_PER_INVOCATION == "7"
    error_message = "The function must get its limit of launches."
  }

  assert {
    condition     = jsondecode(module.backfill[0].input).detail["page-size"] == 50
    error_message = "The first page must have the configured size."
  }
}
