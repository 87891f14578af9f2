/** Checks of the Markdown pages: code blocks, links and anchors. */
@NullMarked
package io.trafficmirror.docs;

import org.jspecify.annotations.NullMarked;
