/**
 * Hostile inputs for the parsers and for code that writes external text: seeded random inputs, and
 * a corpus of inputs that once exposed a bug.
 *
 * <p>Every fuzz test runs a few thousand inputs as part of the unit tests; {@code
 * -Djqwik.tries.default=N} runs N of them, as CI does with 100,000. This package does not depend on
 * the product. It is stateless except for the folder of findings.
 */
@NullMarked
package io.trafficmirror.fuzz;

import org.jspecify.annotations.NullMarked;
