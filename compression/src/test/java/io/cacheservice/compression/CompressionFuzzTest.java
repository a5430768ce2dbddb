package io.cacheservice.compression;

import io.cacheservice.testkit.fuzz.FuzzContract;

/** What the compressors of this module make of bytes that are none of theirs. */
class CompressionFuzzTest extends FuzzContract {}
