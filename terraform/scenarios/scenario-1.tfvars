# The predecessor's first scenario: everything tagged MyKey=MyValue is mirrored to a target that
# exists already; all three sources of events are on.
region      = "us-east-1"
name        = "scenario-1"
policy_file = "../config/scenario-1.yaml"

enable_for_guardduty = true
