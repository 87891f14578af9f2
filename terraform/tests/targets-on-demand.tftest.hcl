# Targets on demand in the whole configuration: resources that exist only if an entry uses them,
# and the schedule that only sweeps if backfill is off.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  region       = "us-east-1"
  name         = "tmp"
  policy_file  = "./tests/policies/on-demand.yaml"
  package_file = "./terraform.tf"
}

run "backfill_run_ends_with_a_sweep" {
  command = plan

  assert {
    condition     = jsondecode(module.backfill[0].input)["detail-type"] == "Backfill Page" && length(module.backfill) == 1
    error_message = "The schedule must start backfill runs: ${module.backfill[0].input}"
  }

  assert {
    condition     = output.sweep == "after each backfill run, every 360 minutes"
    error_message = "Unexpected output sweep: ${output.sweep}."
  }

  assert {
    condition     = contains(keys(output.alarm_names), "target-launches") && contains(keys(output.alarm_names), "backfill-ended-early")
    error_message = "Unexpected alarms: ${join(", ", keys(output.alarm_names))}."
  }

  assert {
    condition = { for key, value in output.environment : key => value if can(regex("LAUNCHES|SWEEP|FAMILIES", key)) } == {
      MIRROR_LAUNCHES_PER_INVOCATION = "5"
      MIRROR_SWEEP_AFTER_MINUTES     = "60"
      MIRROR_SWEEP_LIMIT             = "10"
    }
    error_message = "The function must get the defaults, and no instance families if none are configured: ${jsonencode(output.environment)}"
  }
}

run "without_backfill_a_sweep_schedule_remains" {
  command = plan

  variables {
    enable_for_existing_instances = false
    backfill_interval_minutes     = 45
  }

  assert {
    condition     = jsondecode(module.backfill[0].input)["detail-type"] == "Target Sweep" && output.schedule_name == "tmp-sweep"
    error_message = "The schedule must only sweep: ${module.backfill[0].input}"
  }

  assert {
    condition     = output.sweep == "on a schedule that only sweeps, every 45 minutes: enable_for_existing_instances is off"
    error_message = "Unexpected output sweep: ${output.sweep}."
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["launch", "sweep"]
    error_message = "Unexpected dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = !contains(output.permissions[*].Sid, "PutNextPage")
    error_message = "The function must not put pages on the stream, because a sweep has none."
  }

  assert {
    condition     = !contains(keys(output.alarm_names), "backfill-ended-early") && contains(keys(output.alarm_names), "schedule-dropped")
    error_message = "Unexpected alarms: ${join(", ", keys(output.alarm_names))}."
  }
}

run "no_schedule_without_backfill_and_sweeps" {
  command = plan

  variables {
    enable_for_existing_instances = false
    targets_on_demand             = { sweep_after_minutes = 0 }
  }

  assert {
    condition     = length(module.backfill) == 0 && output.schedule_name == null && output.environment.MIRROR_SWEEP_AFTER_MINUTES == "0"
    error_message = "There must be no schedule if nothing is swept."
  }

  assert {
    condition     = output.sweep == "nowhere: targets_on_demand.sweep_after_minutes is 0"
    error_message = "Unexpected output sweep: ${output.sweep}."
  }
}

run "dry_run_sweeps_nothing" {
  command = plan

  variables {
    enable_for_existing_instances = false
    dry_run                       = true
  }

  assert {
    condition     = length(module.backfill) == 0 && output.sweep == "nowhere: dry_run is on"
    error_message = "A dry run removes nothing, so there must be no schedule."
  }

  assert {
    condition     = !contains(keys(output.alarm_names), "target-launches")
    error_message = "A dry run launches nothing, so there must be no alarm about launches."
  }
}

run "no_sweep_schedule_without_targets_on_demand" {
  command = plan

  variables {
    enable_for_existing_instances = false
    policy_file                   = "./tests/policies/fixed.yaml"
  }

  assert {
    condition     = length(module.backfill) == 0 && !contains(keys(output.alarm_names), "target-launches")
    error_message = "There must be no schedule and no alarm."
  }

  assert {
    condition     = strcontains(output.sweep, "nowhere: no entry of the policy uses targets on demand")
    error_message = "Unexpected output sweep: ${output.sweep}."
  }
}

run "keep_sweeping_keeps_the_sweep_schedule" {
  command = plan

  variables {
    enable_for_existing_instances = false
    policy_file                   = "./tests/policies/fixed.yaml"
    targets_on_demand             = { keep_sweeping = true }
  }

  assert {
    condition     = output.schedule_name == "tmp-sweep" && contains(output.permissions[*].Sid, "TerminatePoolInstances")
    error_message = "The sweep schedule and its permissions must exist."
  }
}
