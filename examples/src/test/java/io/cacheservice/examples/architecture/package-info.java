/** Who may call whom, over all modules at once. {@code ARCHITECTURE.md} draws it. */
@NullMarked
package io.cacheservice.examples.architecture;

import org.jspecify.annotations.NullMarked;
