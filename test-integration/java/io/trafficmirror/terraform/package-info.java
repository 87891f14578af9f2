/**
 * Holds the Terraform configuration to what it promises: its form, its own tests, and what it makes
 * and leaves on an emulator of AWS. The tests run Terraform itself as a child process in a working
 * copy of the configuration; they need {@code terraform}, the AWS provider and {@code moto_server},
 * and where one of these is missing they say so in one line and are skipped. With {@code
 * -Dterraform.required=true} a missing tool is a failure.
 *
 * <p>What deploys and looks at what was deployed is public: the worlds of {@code
 * io.trafficmirror.worlds} stand on it.
 *
 * <p>Nothing here imports the product, but its settings' names and its policy parser.
 */
@NullMarked
package io.trafficmirror.terraform;

import org.jspecify.annotations.NullMarked;
