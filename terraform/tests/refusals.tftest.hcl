# What the root configuration refuses of its own inputs.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  region       = "us-east-1"
  policy_file  = "./tests/policies/fixed.yaml"
  package_file = "./terraform.tf"
}

run "a_region_that_is_none_is_refused" {
  command = plan

  variables {
    region = "Frankfurt"
  }

  expect_failures = [var.region]
}

run "a_long_name_is_refused" {
  command = plan

  variables {
    name = "a2345678901234567890123456789012345678901"
  }

  expect_failures = [var.name]
}

run "a_name_with_a_space_is_refused" {
  command = plan

  variables {
    name = "traffic mirror"
  }

  expect_failures = [var.name]
}

run "a_severity_above_10_is_refused" {
  command = plan

  variables {
    guardduty_min_severity = 10.5
  }

  expect_failures = [var.guardduty_min_severity]
}

run "a_negative_severity_is_refused" {
  command = plan

  variables {
    guardduty_min_severity = -1
  }

  expect_failures = [var.guardduty_min_severity]
}

run "runs_every_14_minutes_are_refused" {
  command = plan

  variables {
    backfill_interval_minutes = 14
  }

  expect_failures = [var.backfill_interval_minutes]
}

run "a_page_of_1001_is_refused" {
  command = plan

  variables {
    backfill_page_size = 1001
  }

  expect_failures = [var.backfill_page_size]
}

run "an_unknown_stream_mode_is_refused" {
  command = plan

  variables {
    stream = { mode = "SOMETIMES" }
  }

  expect_failures = [var.stream]
}

run "a_provisioned_stream_without_shards_is_refused" {
  command = plan

  variables {
    stream = { mode = "PROVISIONED" }
  }

  expect_failures = [var.stream]
}

run "shards_of_a_stream_on_demand_are_refused" {
  command = plan

  variables {
    stream = { shards = 2 }
  }

  expect_failures = [var.stream]
}

run "records_that_are_retried_longer_than_the_stream_keeps_them_are_refused" {
  command = plan

  variables {
    batching = { max_record_age_seconds = 86400 }
  }

  expect_failures = [var.stream]
}

run "a_boundary_that_is_no_policy_is_refused" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::111122223333:role/boundary"
  }

  expect_failures = [var.permissions_boundary_arn]
}

run "failures_that_are_kept_for_no_day_are_refused" {
  command = plan

  variables {
    failure_retention_days = 0
  }

  expect_failures = [var.failure_retention_days]
}

run "a_tag_that_says_whose_a_thing_is_is_refused" {
  command = plan

  variables {
    tags = { "traffic-mirror-pipeline:deployment" = "another" }
  }

  expect_failures = [var.tags]
}

run "a_tag_of_awss_own_is_refused" {
  command = plan

  variables {
    tags = { "aws:mine" = "x" }
  }

  expect_failures = [var.tags]
}

run "more_than_40_tags_are_refused" {
  command = plan

  variables {
    tags = { for i in range(41) : "tag-${i}" => "x" }
  }

  expect_failures = [var.tags]
}
