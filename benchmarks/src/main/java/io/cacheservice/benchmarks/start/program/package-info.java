/** What the processes run that the suite {@code start} starts: from {@code main} to the first answer of one library. */
@NullMarked
package io.cacheservice.benchmarks.start.program;

import org.jspecify.annotations.NullMarked;
