/**
 * Embedded AWS: an in-process emulator of the AWS services that the pipeline uses. The SDK clients
 * connect to it. It is independent of the product and imports none of its code.
 *
 * <pre>
 * SDK client ─▶ HttpListener | InProcessHttpClient ─▶ Dispatcher (hook, faults, log) ─▶ an AwsService
 *     EmbeddedEc2          Query          the package ec2
 *     EmbeddedKinesis      JSON or CBOR   KinesisReads, KinesisWrites over KinesisStream
 *     EmbeddedEventBridge  JSON           EventRules (matched by Event Ruler) put events on streams
 *     EmbeddedS3           XML            S3Objects, S3Listing over S3Bucket
 * KinesisStream ─▶ EventSourceMapping (ShardLanes, Lane; BatchDelivery, BatchAnswer) ─▶ LambdaFunction
 *                                     └─▶ FailureDestination ─▶ EmbeddedS3
 * </pre>
 *
 * <p>Stress is optional and off by default: {@link io.trafficmirror.embedded.Throttles}, {@link
 * io.trafficmirror.embedded.Latencies} and {@link io.trafficmirror.embedded.Fault}. With {@link
 * io.trafficmirror.embedded.VirtualClock}, waits take no time.
 *
 * <p>Unsupported requests get HTTP status 501 with the code {@code EmbeddedAwsUnsupported} and are
 * recorded in {@link io.trafficmirror.embedded.CallLog}. Thread-safe types say so.
 */
@NullMarked
package io.trafficmirror.embedded;

import org.jspecify.annotations.NullMarked;
