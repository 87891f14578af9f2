package io.trafficmirror.terraform;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AttachedPolicy;
import software.amazon.awssdk.services.iam.model.Role;

/** The permissions of every role of an account. */
public final class RolePermissions {

  private RolePermissions() {}

  /** The statements of all policies of all roles, by the name of the role. */
  public static SortedMap<String, List<Permission>> of(IamClient iam) {
    SortedMap<String, List<Permission>> all = new TreeMap<>();
    for (Role role : iam.listRolesPaginator().roles()) {
      all.put(role.roleName(), of(iam, role.roleName()));
    }
    return all;
  }

  private static List<Permission> of(IamClient iam, String role) {
    List<Permission> all = new ArrayList<>();
    for (String policy : iam.listRolePoliciesPaginator(p -> p.roleName(role)).policyNames()) {
      all.addAll(
          Permission.parse(
              decoded(
                  iam.getRolePolicy(p -> p.roleName(role).policyName(policy)).policyDocument())));
    }
    for (AttachedPolicy policy :
        iam.listAttachedRolePoliciesPaginator(p -> p.roleName(role)).attachedPolicies()) {
      String version =
          iam.getPolicy(p -> p.policyArn(policy.policyArn())).policy().defaultVersionId();
      all.addAll(
          Permission.parse(
              decoded(
                  iam.getPolicyVersion(p -> p.policyArn(policy.policyArn()).versionId(version))
                      .policyVersion()
                      .document())));
    }
    return all;
  }

  private static String decoded(String document) {
    // IAM returns URL-encoded documents.
    return URLDecoder.decode(document.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
