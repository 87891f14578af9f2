# The predecessor's second scenario: mirrors only instances that GuardDuty reports. Those in one subnet go to an existing
# target, others in a VPC to targets on demand. Because backfill is off, a schedule that only sweeps removes unused
# targets.
region      = "us-east-1"
name        = "scenario-2"
policy_file = "../config/scenario-2.yaml"

enable_for_existing_instances = false
enable_for_instance_launch    = false
enable_for_guardduty          = true
