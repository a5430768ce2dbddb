package io.cacheservice.redis.histories;

import io.cacheservice.redis.histories.RunOptions.Topology;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a foreign client finds the servers.
 *
 * @param topology where Redis is
 * @param realPorts the port of each server, by the port that clients are told
 * @param sentinels the ports of the Sentinels
 * @param masterName what they call the master
 */
record ForeignRoute(Topology topology, Map<Integer, Integer> realPorts, List<Integer> sentinels, String masterName) {
    List<Integer> ports() {
        return List.copyOf(realPorts.values());
    }

    int real(int announced) {
        return realPorts.getOrDefault(announced, announced);
    }

    /** In one word, for a command line. */
    String text() {
        return topology + ";"
                + realPorts.entrySet().stream()
                        .map(e -> e.getKey() + ":" + e.getValue())
                        .collect(Collectors.joining(","))
                + ";" + sentinels.stream().map(String::valueOf).collect(Collectors.joining(",")) + ";" + masterName;
    }

    static ForeignRoute parse(String text) {
        String[] parts = text.split(";", -1);
        Map<Integer, Integer> ports = new LinkedHashMap<>();
        for (String pair : parts[1].split(",", -1)) {
            String[] both = pair.split(":", -1);
            ports.put(Integer.valueOf(both[0]), Integer.valueOf(both[1]));
        }
        List<Integer> sentinels = parts[2].isEmpty()
                ? List.of()
                : Arrays.stream(parts[2].split(",", -1)).map(Integer::valueOf).toList();
        return new ForeignRoute(Topology.valueOf(parts[0]), ports, sentinels, parts[3]);
    }
}
