# The predecessor's first scenario: everything tagged MyKey=MyValue, whether it exists already or is
# launched later, is mirrored to a target that exists already.
region      = "us-east-1"
name        = "scenario-1"
policy_file = "../config/scenario-1.yaml"

enable_for_existing_instances = true
enable_for_instance_launch    = true
enable_for_guardduty          = false
