/**
 * The product under pressure: the real handler behind an event source mapping with Lambda's lanes,
 * on embedded AWS with EC2's limits, on a clock that may jump. For benchmarks, the fault matrix and
 * the soak.
 *
 * <pre>
 * VirtualClock clock = new VirtualClock();           // or new SystemClock(): the unaccelerated twin
 * PressureWorld world = PressureWorld.create(clock, PressureOptions.asShipped().withSeed(7));
 * world.aws().ec2().throttles().asDocumented();      // EC2's token buckets: 503 RequestLimitExceeded
 * world.aws().ec2().throttles().neighbour(0.5, clock.instant());
 * world.aws().latencies().typical();
 * world.aws().faults().inject("ec2", "*", new Fault.TimedOut(Duration.ofSeconds(8)), MAX_VALUE, 0.05);
 * SourceFleet fleet = SourceFleet.of(world, 1_000);
 * clock.play(() -> {
 *   world.start();
 *   world.backfill("run-1", 200);
 *   world.awaitRest(Duration.ofHours(1));            // or clock.sleep(...), world.functions().killAny()
 *   world.stop();
 *   return fleet.withoutSession();
 * });
 * </pre>
 *
 * <p>Everything is off until it is asked for. On {@link io.trafficmirror.embedded.VirtualClock} one
 * thread runs at a time and the same seed gives the same run, thread by thread; every wait goes by
 * the clock, so whatever plays (the body of {@code play}, lanes, functions, writes, the neighbour)
 * must wait by it and by nothing else. A process that is killed dies in the wait that it is in: a
 * call under way has had its effect or has not, as it would be.
 *
 * <p>What else is there, each with its own Javadoc: {@link io.trafficmirror.embedded.Fault} (before
 * and after the effect), {@link io.trafficmirror.embedded.Throttles}, {@link
 * io.trafficmirror.embedded.Latencies}, and of {@code EmbeddedEc2} the read lag, empty pages,
 * expired tokens and denials, of {@code EmbeddedKinesis} entries that are refused and shards that
 * split and merge, of {@code EmbeddedEventBridge} events that come twice or late.
 *
 * <p>It may import everything. Unless a type says otherwise, it is not safe for use by threads that
 * do not play by the clock.
 */
@NullMarked
package io.trafficmirror.pressure;

import org.jspecify.annotations.NullMarked;
