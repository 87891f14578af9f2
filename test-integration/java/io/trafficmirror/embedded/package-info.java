/**
 * Embedded AWS: an emulator of the parts of AWS that the pipeline stands on, in-process, spoken to
 * by the real SDK clients. It knows nothing of the product: it imports neither its code nor its
 * words.
 *
 * <pre>
 * SDK client ─▶ HttpFront | InProcessHttpClient ─▶ Front (hook, faults, count) ─▶ an AwsService
 *     EmbeddedEc2          Query          the package ec2
 *     EmbeddedKinesis      JSON or CBOR   KinesisReads, KinesisWrites over KinesisStream
 *     EmbeddedEventBridge  JSON           EventRules (Event Ruler decides) put events on streams
 *     EmbeddedS3           XML            S3Objects, S3Listing over S3Bucket
 * KinesisStream ─▶ EventSourceMapping (ShardLanes, Lane; BatchDelivery, BatchAnswer) ─▶ LambdaFunction
 *                                     └─▶ FailureDestination ─▶ EmbeddedS3
 * </pre>
 *
 * <p>It can be put under pressure, all of it off unless asked for: {@link
 * io.trafficmirror.embedded.Throttles}, {@link io.trafficmirror.embedded.Latencies}, {@link
 * io.trafficmirror.embedded.Fault}; and it can live by a clock that jumps, {@link
 * io.trafficmirror.embedded.VirtualClock}.
 *
 * <p>What embedded AWS does not have is refused with HTTP status 501 and code {@code
 * EmbeddedAwsUnsupported}, and noted in {@link io.trafficmirror.embedded.CallLog}. Everything that
 * several threads may use says so.
 */
@NullMarked
package io.trafficmirror.embedded;

import org.jspecify.annotations.NullMarked;
