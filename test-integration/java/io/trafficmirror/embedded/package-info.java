/**
 * Embedded AWS: an emulator of the parts of AWS that the pipeline stands on, in-process, spoken to
 * by the real SDK clients. It knows nothing of the product: it imports neither its code nor its
 * words.
 */
@NullMarked
package io.trafficmirror.embedded;

import org.jspecify.annotations.NullMarked;
