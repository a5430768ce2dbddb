package io.cacheservice.redis.histories;

import io.cacheservice.testkit.FaultProxy;
import io.cacheservice.testkit.RedisServer;
import java.util.List;

/** The servers of a run. Only the thread of the schedule changes them. */
interface Fleet extends AutoCloseable {
    static Fleet start(RunOptions options) {
        return switch (options.topology()) {
            case STANDALONE -> new StandaloneFleet(options.jvms());
            case SENTINEL -> new SentinelFleet();
            case CLUSTER -> new ClusterFleet(options);
        };
    }

    /** What leads a JVM's service there. */
    List<String> settings(int jvm);

    /** What leads foreign clients there. */
    ForeignRoute route();

    /** All of them that hold keys or copies of them. */
    List<RedisServer> servers();

    /** Who holds keys now. */
    List<RedisServer> masters();

    /** What stands between services and servers; may be nothing. */
    List<FaultProxy> proxies();

    /** What can go wrong here and nowhere else. */
    List<Fault> faults();

    /** Returns when every server serves and replicas are in sync. */
    void awaitHealthy();

    @Override
    void close();
}
