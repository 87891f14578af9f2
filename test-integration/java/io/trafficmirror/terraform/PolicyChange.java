package io.trafficmirror.terraform;

import java.util.List;
import java.util.Map;

/**
 * What was seen when the policy file of a deployment was changed.
 *
 * @param plan what was to be changed
 * @param permissions what the roles may do after that, by role
 * @param nextPlan a plan with nothing changed since
 */
record PolicyChange(
    TerraformPlan plan, Map<String, List<Permission>> permissions, TerraformPlan nextPlan) {}
