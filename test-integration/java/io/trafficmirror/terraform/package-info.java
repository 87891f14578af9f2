/**
 * Tests of the Terraform configuration: its format, its own tests, and the resources that it
 * creates and removes on an emulator of AWS. The tests run Terraform as a child process in a
 * working copy of the configuration. They need {@code terraform}, the AWS provider and {@code
 * moto_server}; if one is missing, they are skipped with a one-line reason. With {@code
 * -Dterraform.required=true}, a missing tool is a failure.
 *
 * <p>The classes that deploy and inspect a deployment are public, for {@code
 * io.trafficmirror.worlds}.
 *
 * <p>The only import from the product is {@code Settings}.
 */
@NullMarked
package io.trafficmirror.terraform;

import org.jspecify.annotations.NullMarked;
