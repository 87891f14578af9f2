/**
 * What should be true: the YAML of a mirror policy to a {@link io.trafficmirror.mirror.PolicySet},
 * or to all of its problems at once, each with line and column.
 *
 * <p>{@link io.trafficmirror.policy.PolicyParser} is the way in: bytes to text, text to a tree
 * whose scalars keep their letters, tree to entries. What the file means where YAML or the
 * predecessor leave it open:
 *
 * <ul>
 *   <li>The first entry that matches decides: tags before subnets before VPCs, whatever their order
 *       in the file. Of a {@code tagList}, any one tag suffices.
 *   <li>A scalar is its text: {@code on}, {@code 007}, {@code 1e3} and {@code 2024-01-01} are these
 *       strings. Only {@code sessionNumber} is a number: decimal, without quotes or leading zeros.
 *   <li>Nothing behind the colon, {@code ~} and the plain word {@code null} are a key without a
 *       value, an error also for optional keys; {@code "null"} in quotes is that string, and {@code
 *       ""} is the empty one, which is a tag's value but never its key.
 *   <li>{@code <INSERT_VALUE>}, quoted or not, counts as missing: an optional key that has it is as
 *       if it were not there. As an item of a list, or in a tag, it is an error.
 *   <li>With a target and a launch specification, the target wins, with a warning; the values of
 *       the specification are checked all the same.
 *   <li>An unknown key whose known spelling can be told is read as that key after it was reported,
 *       so that its value is checked too. Of a repeated key only the first value is read.
 *   <li>Anchors, aliases, merge keys, explicit tags, a second document, keys that are no scalars
 *       and nesting beyond 20 levels are errors, also where their content would do.
 *   <li>Where the file stops being YAML, what was read before is still checked; what may only have
 *       come later is not called missing.
 *   <li>An entry, or a tag of it, that can never match because of an earlier entry of its section
 *       is a warning. Subnets are not compared with VPCs: which VPC a subnet is in, the file does
 *       not say.
 * </ul>
 *
 * <p>Pure: it imports {@code mirror} and the YAML parser, reads no clock and does no I/O. Every
 * type is an immutable value or stateless, hence safe to share between threads.
 */
@NullMarked
package io.trafficmirror.policy;

import org.jspecify.annotations.NullMarked;
