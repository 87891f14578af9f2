/**
 * traffic-mirror-pipeline: keeps AWS VPC Traffic Mirroring sessions in sync with a policy.
 *
 * <p>The flow of a batch, from left to right:
 *
 * <pre>
 * records -> EventParser -> RequestSet -> Observer -> Assessment -> Planner -> Writer -> Conclusions -> checkpoint
 *            event          reconcile     reconcile   mirror        mirror     write     reconcile      lambda
 * </pre>
 *
 * <p>An event only names an instance to reconcile, never an action. Duplicates, replays,
 * reordering, backfill and repair therefore take the same code path.
 *
 * <p>The allowed imports, enforced by a test:
 *
 * <pre>
 * mirror            the JDK
 * event             -> mirror, and gson
 * policy            -> mirror, and the YAML parser
 * port              -> mirror
 * write, pool       -> mirror, port
 * run               -> mirror, port, event
 * reconcile         -> all of the above except policy
 * aws               -> mirror, policy, port, and the AWS SDK, gson
 * lambda            -> all, and Lambda's types, crac, gson; the only one that reads clock or environment
 * </pre>
 */
@NullMarked
package io.trafficmirror;

import org.jspecify.annotations.NullMarked;
