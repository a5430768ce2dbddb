/** The whole library over a real Redis: the contract, outages, and what each setting does. */
@NullMarked
package io.cacheservice.redis.service;

import org.jspecify.annotations.NullMarked;
