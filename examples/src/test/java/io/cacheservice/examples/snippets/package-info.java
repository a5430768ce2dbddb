@NullMarked
package io.cacheservice.examples.snippets;

import org.jspecify.annotations.NullMarked;
