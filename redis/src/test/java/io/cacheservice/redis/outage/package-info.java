/** What every fault costs readers and their source, and what becomes of answers: the table of {@code docs/outages.md}. */
@NullMarked
package io.cacheservice.redis.outage;

import org.jspecify.annotations.NullMarked;
