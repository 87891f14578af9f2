/**
 * Parses the YAML of a mirror policy into a {@link io.trafficmirror.mirror.PolicySet}, or returns
 * all of its problems at once, each with line and column.
 *
 * <p>{@link io.trafficmirror.policy.PolicyParser} is the entry point. It decodes bytes to text,
 * parses the text to a tree whose scalars keep their source text, and reads the entries from the
 * tree. These rules apply where YAML or the predecessor leave the meaning open:
 *
 * <ul>
 *   <li>The first matching entry wins: tags before subnets before VPCs, whatever their order in the
 *       file. A {@code tagList} matches if the instance has any one of its tags.
 *   <li>A scalar is a string: {@code on}, {@code 007}, {@code 1e3} and {@code 2024-01-01} keep
 *       their text. Only {@code sessionNumber} is a number: decimal, without quotes or leading
 *       zeros.
 *   <li>A key has no value if nothing, {@code ~} or the plain word {@code null} follows the colon.
 *       That is an error even for optional keys. {@code "null"} in quotes is a string; {@code ""}
 *       is the empty string, which is allowed as a tag's value but not as its key.
 *   <li>{@code <INSERT_VALUE>}, quoted or not, counts as missing: an optional key with this value
 *       is ignored. As an item of a list, or in a tag, it is an error.
 *   <li>If an entry has both a target and a launch specification, the target wins, with a warning.
 *       The values of the specification are still checked.
 *   <li>An unknown key that resembles a known key is reported and then read as that key, so that
 *       its value is checked too. If a key is repeated, only the first value is read.
 *   <li>Anchors, aliases, merge keys, explicit tags, a second document, keys that are not scalars
 *       and nesting beyond 20 levels are errors, even if their content would be valid.
 *   <li>If the file has a syntax error, the part before it is still checked. A key that may follow
 *       the error is not reported as missing.
 *   <li>An entry or a tag that can never match because of an earlier entry of its section is a
 *       warning. Subnets are not compared with VPCs, because the file does not say which VPC a
 *       subnet belongs to.
 * </ul>
 *
 * <p>Pure: it imports {@code mirror} and the YAML parser, reads no clock and does no I/O. The
 * public types are immutable values or stateless and can be shared between threads; the
 * package-private readers and {@code Problems} are confined to one parse.
 */
@NullMarked
package io.trafficmirror.policy;

import org.jspecify.annotations.NullMarked;
