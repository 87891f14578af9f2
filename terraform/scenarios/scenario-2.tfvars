# The predecessor's second scenario: a subnet with a target that exists already, and a VPC whose
# targets are launched as they are needed.
region      = "us-east-1"
name        = "scenario-2"
policy_file = "../config/scenario-2.yaml"
