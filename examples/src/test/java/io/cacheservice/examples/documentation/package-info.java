/** The pages of the project, held to the code. */
@NullMarked
package io.cacheservice.examples.documentation;

import org.jspecify.annotations.NullMarked;
