/** The Java of the documentation: each page shows regions of these programs, which the build runs. */
@NullMarked
package io.cacheservice.examples.snippets;

import org.jspecify.annotations.NullMarked;
