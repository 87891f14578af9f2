/**
 * The implementation of embedded EC2: wire format, stores with history, actions and validation
 * rules. Imports the JDK, gson and the package {@code embedded}, nothing of the product. Only
 * {@link io.trafficmirror.embedded.ec2.Ec2Engine} is meant for use from outside. It holds the only
 * lock, and everything else is called under it.
 */
@NullMarked
package io.trafficmirror.embedded.ec2;

import org.jspecify.annotations.NullMarked;
