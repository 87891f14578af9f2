/**
 * What the pipeline believes about EC2, as claims that can be false: about instances, paging,
 * filters, mirror sessions, targets, quotas, client tokens, lifecycle and errors. Each says whether
 * AWS documents it, whether it was observed, or whether nobody has verified it.
 *
 * <p>The claims speak only the AWS SDK's {@code Ec2Client} and know nothing of the product. They
 * run against embedded AWS always, once for each way in which an unverified behaviour may turn out,
 * and against a real account when asked to ({@link io.trafficmirror.contract.RealEc2ContractIT}).
 * Only {@code EmbeddedWorld} and the tests named {@code Embedded...} import embedded AWS.
 */
@NullMarked
package io.trafficmirror.contract;

import org.jspecify.annotations.NullMarked;
