# The predecessor's second scenario: only what GuardDuty reports is mirrored: in a subnet to a target
# that exists already, elsewhere in a VPC to targets that are launched as they are needed. Since there are
# no runs over all instances, a schedule that only sweeps removes those that nobody uses.
region      = "us-east-1"
name        = "scenario-2"
policy_file = "../config/scenario-2.yaml"

enable_for_existing_instances = false
enable_for_instance_launch    = false
enable_for_guardduty          = true
