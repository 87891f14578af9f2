/**
 * The EC2 contract suite: the assumptions of the pipeline about EC2 as testable claims about
 * instances, paging, filters, mirror sessions, targets, quotas, client tokens, lifecycle and
 * errors. Each claim is annotated as documented by AWS, observed in public code, or unverified.
 *
 * <p>The claims use only the AWS SDK's {@code Ec2Client} and do not depend on the product. They
 * always run against embedded AWS, once for each variant of the unverified behaviour, and against a
 * real account on request ({@link io.trafficmirror.contract.RealEc2ContractIT}). Only {@code
 * EmbeddedWorld} and the tests named {@code Embedded...} import embedded AWS.
 */
@NullMarked
package io.trafficmirror.contract;

import org.jspecify.annotations.NullMarked;
