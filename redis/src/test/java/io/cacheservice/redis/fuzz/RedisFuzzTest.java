package io.cacheservice.redis.fuzz;

import io.cacheservice.testkit.fuzz.FuzzContract;

class RedisFuzzTest extends FuzzContract {}
