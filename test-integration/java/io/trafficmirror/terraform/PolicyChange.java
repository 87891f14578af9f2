package io.trafficmirror.terraform;

import java.util.List;
import java.util.Map;

/**
 * The observations when the policy file of a deployment was changed.
 *
 * @param plan the plan of the change
 * @param permissions the permissions after the change, by role
 * @param nextPlan another plan after the change was applied
 */
record PolicyChange(
    TerraformPlan plan, Map<String, List<Permission>> permissions, TerraformPlan nextPlan) {}
