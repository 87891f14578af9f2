/**
 * The inside of embedded EC2: the wire format, the stores with their history, the actions and the
 * rules that refuse. Imports the JDK, gson and the surface package {@code embedded}, nothing of the
 * product. Only {@link io.trafficmirror.embedded.ec2.Ec2Engine} is meant for the outside; it holds
 * the one lock, everything else relies on being called under it.
 */
@NullMarked
package io.trafficmirror.embedded.ec2;

import org.jspecify.annotations.NullMarked;
