# Targets on demand through the whole configuration: what is there only where an entry asks for them,
# and the schedule that only sweeps where nothing else would.

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

run "a_run_over_all_instances_ends_with_the_sweep" {
  command = plan

  assert {
    condition     = jsondecode(module.backfill[0].input)["detail-type"] == "Backfill Page" && length(module.backfill) == 1
    error_message = "Only the schedule of runs should be there: ${module.backfill[0].input}"
  }

  assert {
    condition     = output.sweep == "after each run over all instances, every 360 minutes"
    error_message = "The plan says that targets are swept ${output.sweep}."
  }

  assert {
    condition     = contains(keys(output.alarm_names), "target-launches") && contains(keys(output.alarm_names), "backfill-ended-early")
    error_message = "The alarms are ${join(", ", keys(output.alarm_names))}."
  }

  assert {
    condition = { for key, value in output.environment : key => value if can(regex("LAUNCHES|SWEEP|FAMILIES", key)) } == {
      MIRROR_LAUNCHES_PER_INVOCATION = "5"
      MIRROR_SWEEP_AFTER_MINUTES     = "60"
      MIRROR_SWEEP_LIMIT             = "10"
    }
    error_message = "The function should get the defaults, and no family of instances where none is named: ${jsonencode(output.environment)}"
  }
}

run "without_runs_a_schedule_that_only_sweeps_remains" {
  command = plan

  variables {
    enable_for_existing_instances = false
    backfill_interval_minutes     = 45
  }

  assert {
    condition     = jsondecode(module.backfill[0].input)["detail-type"] == "Target Sweep" && output.schedule_name == "tmp-sweep"
    error_message = "The schedule should only sweep: ${module.backfill[0].input}"
  }

  assert {
    condition     = output.sweep == "on a schedule that only sweeps, every 45 minutes: enable_for_existing_instances is off"
    error_message = "The plan says that targets are swept ${output.sweep}."
  }

  assert {
    condition     = keys(output.dead_letter_queue_names) == ["launch", "sweep"]
    error_message = "There are other dead-letter queues: ${jsonencode(output.dead_letter_queue_names)}"
  }

  assert {
    condition     = !contains(output.permissions[*].Sid, "PutTheNextPage")
    error_message = "A sweep has no next page, so the function needs to put nothing on the stream."
  }

  assert {
    condition     = !contains(keys(output.alarm_names), "backfill-ended-early") && contains(keys(output.alarm_names), "schedule-dropped")
    error_message = "The alarms are ${join(", ", keys(output.alarm_names))}."
  }
}

run "without_runs_and_without_a_sweep_there_is_no_schedule" {
  command = plan

  variables {
    enable_for_existing_instances = false
    targets_on_demand             = { sweep_after_minutes = 0 }
  }

  assert {
    condition     = length(module.backfill) == 0 && output.schedule_name == null && output.environment.MIRROR_SWEEP_AFTER_MINUTES == "0"
    error_message = "Nothing is to be swept, so there should be no schedule."
  }

  assert {
    condition     = output.sweep == "nowhere: targets_on_demand.sweep_after_minutes is 0"
    error_message = "The plan says that targets are swept ${output.sweep}."
  }
}

run "a_dry_run_sweeps_nothing" {
  command = plan

  variables {
    enable_for_existing_instances = false
    dry_run                       = true
  }

  assert {
    condition     = length(module.backfill) == 0 && output.sweep == "nowhere: dry_run is on"
    error_message = "A dry run removes nothing, so there should be no schedule."
  }

  assert {
    condition     = !contains(keys(output.alarm_names), "target-launches")
    error_message = "A dry run launches nothing, so there should be no alarm about launches."
  }
}

run "where_no_entry_asks_for_targets_there_is_nothing_of_all_this" {
  command = plan

  variables {
    enable_for_existing_instances = false
    policy_file                   = "./tests/policies/fixed.yaml"
  }

  assert {
    condition     = length(module.backfill) == 0 && !contains(keys(output.alarm_names), "target-launches")
    error_message = "There should be neither a schedule nor an alarm."
  }

  assert {
    condition     = strcontains(output.sweep, "nowhere: no entry of the policy asks for targets on demand")
    error_message = "The plan says that targets are swept ${output.sweep}."
  }
}

run "what_was_launched_is_swept_on_when_no_entry_asks_for_it_any_more" {
  command = plan

  variables {
    enable_for_existing_instances = false
    policy_file                   = "./tests/policies/fixed.yaml"
    targets_on_demand             = { keep_sweeping = true }
  }

  assert {
    condition     = output.schedule_name == "tmp-sweep" && contains(output.permissions[*].Sid, "TerminateInstancesOfOurPools")
    error_message = "The schedule that only sweeps should be there, and be allowed to."
  }
}
