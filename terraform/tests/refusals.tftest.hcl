# Inputs that the root configuration rejects.

mock_provider "aws" {
  override_during = plan
  source          = "./tests/mocks"
}

variables {
  region       = "us-east-1"
  policy_file  = "./tests/policies/fixed.yaml"
  package_file = "./terraform.tf"
}

run "rejects_invalid_region" {
  command = plan

  variables {
    region = "Frankfurt"
  }

  expect_failures = [var.region]
}

run "rejects_long_name" {
  command = plan

  variables {
    name = "a2345678901234567890123456789012345678901"
  }

  expect_failures = [var.name]
}

run "rejects_name_with_a_space" {
  command = plan

  variables {
    name = "traffic mirror"
  }

  expect_failures = [var.name]
}

run "rejects_severity_above_10" {
  command = plan

  variables {
    guardduty_min_severity = 10.5
  }

  expect_failures = [var.guardduty_min_severity]
}

run "rejects_negative_severity" {
  command = plan

  variables {
    guardduty_min_severity = -1
  }

  expect_failures = [var.guardduty_min_severity]
}

run "rejects_interval_of_14_minutes" {
  command = plan

  variables {
    backfill_interval_minutes = 14
  }

  expect_failures = [var.backfill_interval_minutes]
}

run "rejects_page_size_1001" {
  command = plan

  variables {
    backfill_page_size = 1001
  }

  expect_failures = [var.backfill_page_size]
}

run "rejects_unknown_stream_mode" {
  command = plan

  variables {
    stream = { mode = "SOMETIMES" }
  }

  expect_failures = [var.stream]
}

run "rejects_provisioned_stream_without_shards" {
  command = plan

  variables {
    stream = { mode = "PROVISIONED" }
  }

  expect_failures = [var.stream]
}

run "rejects_shards_of_an_on_demand_stream" {
  command = plan

  variables {
    stream = { shards = 2 }
  }

  expect_failures = [var.stream]
}

run "rejects_record_age_longer_than_retention" {
  command = plan

  variables {
    batching = { max_record_age_seconds = 86400 }
  }

  expect_failures = [var.stream]
}

run "rejects_boundary_that_is_not_a_policy" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::111122223333:role/boundary"
  }

  expect_failures = [var.permissions_boundary_arn]
}

run "rejects_failure_retention_of_0_days" {
  command = plan

  variables {
    failure_retention_days = 0
  }

  expect_failures = [var.failure_retention_days]
}

run "rejects_deployment_tag" {
  command = plan

  variables {
    tags = { "traffic-mirror-pipeline:deployment" = "another" }
  }

  expect_failures = [var.tags]
}

run "rejects_aws_tag" {
  command = plan

  variables {
    tags = { "aws:mine" = "x" }
  }

  expect_failures = [var.tags]
}

run "rejects_41_tags" {
  command = plan

  variables {
    tags = { for i in range(41) : "tag-${i}" => "x" }
  }

  expect_failures = [var.tags]
}
