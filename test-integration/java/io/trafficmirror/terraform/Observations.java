package io.trafficmirror.terraform;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * The observations while a deployment was created, planned again and destroyed.
 *
 * @param firstPlan the first plan
 * @param applied the resources in the account after the apply
 * @param functionEnvironment the variables of the function's live version
 * @param permissions the permissions by role
 * @param secondPlan a plan with nothing changed
 * @param left the resources in the account after the destroy
 */
record Observations(
    TerraformPlan firstPlan,
    SortedSet<String> applied,
    Map<String, String> functionEnvironment,
    Map<String, List<Permission>> permissions,
    TerraformPlan secondPlan,
    SortedSet<String> left) {}
