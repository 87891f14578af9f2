# The predecessor's first scenario: mirrors existing and new instances tagged MyKey=MyValue to an existing target.
region      = "us-east-1"
name        = "scenario-1"
policy_file = "../config/scenario-1.yaml"

enable_for_existing_instances = true
enable_for_instance_launch    = true
enable_for_guardduty          = false
