/** A multi-level cache for the JVM: the public face, the engine and the local tier. */
module io.cacheservice.core {
    requires static transitive org.jspecify;
    requires java.management;
    requires com.github.benmanes.caffeine;
    requires HdrHistogram;

    exports io.cacheservice;
    exports io.cacheservice.spi;

    uses io.cacheservice.spi.CompressorProvider;
    uses io.cacheservice.spi.RemoteTierProvider;
    uses io.cacheservice.spi.ValueCodecProvider;
}
