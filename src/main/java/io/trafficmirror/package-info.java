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
 * <p>An event is only a hint that an instance deserves a look: it says which, never what to do.
 * Duplicates, replays, reordering, backfill and repair are therefore the same code path.
 *
 * <p>Who may import whom, held by a test:
 *
 * <pre>
 * mirror            the JDK
 * event             -> mirror, and gson
 * policy            -> mirror, and the YAML parser
 * port              -> mirror
 * write, pool       -> mirror, port
 * run               -> mirror, port, event
 * reconcile         -> all of the above but policy
 * aws               -> mirror, policy, port, and the AWS SDK, gson
 * lambda            -> all, and Lambda's types, crac, gson; the only one that reads clock or environment
 * </pre>
 */
@NullMarked
package io.trafficmirror;

import org.jspecify.annotations.NullMarked;
