/**
 * Hostile inputs, for the parsers and for whatever writes what came from outside: random ones by a
 * seed, and a corpus of those that once found something.
 *
 * <p>Every target runs a few thousand inputs with the other tests; {@code -Djqwik.tries.default=N}
 * runs N of them, as CI does with 100,000. It knows nothing of the product. Stateless, but for the
 * folder of findings.
 */
@NullMarked
package io.trafficmirror.fuzz;

import org.jspecify.annotations.NullMarked;
