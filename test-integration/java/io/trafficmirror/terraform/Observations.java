package io.trafficmirror.terraform;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * What was seen while a deployment was made, looked at again and taken away.
 *
 * @param firstPlan what was to be made
 * @param applied everything in the account after that
 * @param functionEnvironment the variables of the function's live version
 * @param permissions what the roles may do, by role
 * @param secondPlan a plan with nothing changed
 * @param left everything in the account after the destroy
 */
record Observations(
    TerraformPlan firstPlan,
    SortedSet<String> applied,
    Map<String, String> functionEnvironment,
    Map<String, List<Permission>> permissions,
    TerraformPlan secondPlan,
    SortedSet<String> left) {}
