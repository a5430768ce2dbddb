package io.cacheservice.server.fuzz;

import io.cacheservice.testkit.fuzz.FuzzContract;

class ServerFuzzTest extends FuzzContract {}
