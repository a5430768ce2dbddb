package io.cacheservice.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cacheservice.redis.internal.server.Refusal;
import io.cacheservice.redis.internal.topology.ClusterView;
import io.cacheservice.redis.internal.topology.KeySlot;
import io.cacheservice.redis.internal.topology.NodeAddress;
import io.cacheservice.redis.internal.topology.Redirect;
import io.cacheservice.redis.internal.topology.SlotMap;
import io.cacheservice.testkit.fuzz.Corpus;
import io.cacheservice.testkit.fuzz.Demand;
import io.cacheservice.testkit.fuzz.FuzzInput;
import io.cacheservice.testkit.fuzz.FuzzTarget;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What servers say of themselves and of others, and cursors, which come back from callers: read, or known to be none. */
public final class ServerTextsTarget implements FuzzTarget {
    private static final NodeAddress FROM = new NodeAddress("10.0.0.9", 6379);
    private static final int HIGHEST_PORT = 65_535;

    private final Corpus errors = Corpus.ofTexts(
            List.of(
                    "MOVED 3999 127.0.0.1:6381",
                    "ASK 16383 [::1]:6379",
                    "MOVED 0 :6379",
                    "MOVED 1 host.example:6379 extra",
                    "CLUSTERDOWN The cluster is down",
                    "NOPERM User u has no permissions to run the 'get' command",
                    "OOM command not allowed when used memory > 'maxmemory'."),
            List.of("MOVED ", "ASK ", "16384", " ", ":", "?:", "[", "]"));
    private final Corpus nodes = Corpus.ofTexts(
            List.of(
                    """
                    07c37dfeb235213a872192d90877d0cd55635b91 127.0.0.1:30004@31004,host1 slave e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 0 1426238317239 4 connected
                    67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1 127.0.0.1:30002@31002 master - 0 1426238316232 2 connected 5461-10922
                    e7d1eecce10fd6bb5eb35b9f99a514335d9ba9ca 127.0.0.1:30001@31001,host2 myself,master - 0 0 1 connected 0-5460 [5461->-67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1]
                    """,
                    "a :0@0 myself,master - 0 0 0 connected 0 2 4-6\n",
                    "b [::1]:7000@17000 master,fail - 1 2 3 disconnected 16383\n"),
            List.of("\n", " ", "-", "noaddr", "handshake", "fail?", "[1-<-", "16384", "@", ",", "0-16383", "master"));
    private final Corpus replications = Corpus.ofTexts(
            List.of(
                    "# Replication\r\nrole:master\r\nconnected_slaves:1\r\nslave0:ip=::1,port=6380,state=online,offset=14,lag=0\r\n",
                    "role:slave\r\nmaster_host:127.0.0.1\r\n",
                    "role:master\r\nslave0:ip=a,port=1,state=wait_bgsave,offset=0,lag=12345\r\n"),
            List.of("lag=", "state=online", "role:", "\r\n", "slave1:"));
    private final Corpus cursors = Corpus.ofTexts(
            List.of(
                    new ScanPosition("127.0.0.1:6379", "ab12", "17592186044416").text(),
                    ScanPosition.beginning("[::1]:6379").text()),
            List.of("=", "-", "_", "/", "MCAg"));
    private final Corpus clients = Corpus.ofTexts(
            List.of("id=7 addr=10.0.0.2:4711 laddr=10.0.0.1:6379 fd=8 name=cache-service age=0 flags=N db=0\n"),
            List.of("id=", "addr=", " ", "=", "id=99999999999999999999"));

    @Override
    public String name() {
        return "server-texts";
    }

    @Override
    public int share() {
        return 100;
    }

    /** Nodes of a Cluster have a set of slots each, and may be a thousand in a long text. */
    @Override
    public long mostAllocatedBytes() {
        return 32L << 20;
    }

    @Override
    public boolean take(FuzzInput input) {
        return switch (input.random().nextInt(5)) {
            case 0 -> error(input.mutatedText(errors));
            case 1 -> cluster(input);
            case 2 -> replication(input.mutatedText(replications));
            case 3 -> cursor(input.mutatedText(cursors));
            default -> LaneIdentity.parse(input.mutatedText(clients), null) != null;
        };
    }

    private static boolean error(String error) {
        Demand.that(!Refusal.of(error).reason().isEmpty(), "a reason");
        Redirect redirect = Redirect.parse(error, FROM);
        if (redirect != null) {
            Demand.that(redirect.slot() >= 0 && redirect.slot() < KeySlot.COUNT, "a slot");
            requireAddress(redirect.to());
        }
        return redirect != null;
    }

    private boolean cluster(FuzzInput input) {
        List<ClusterView> views = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ClusterView view = ClusterView.parse(input.mutatedText(nodes), slots(input), FROM);
            if (view != null) {
                view.members().forEach(member -> requireAddress(member.address()));
                views.add(view);
            }
        }
        SlotMap map = SlotMap.of(views);
        Demand.that(map.uncovered() >= 0 && map.uncovered() <= KeySlot.COUNT, "a number of slots");
        map.owners().forEach(owner -> map.replicas(owner).forEach(ServerTextsTarget::requireAddress));
        return !views.isEmpty();
    }

    /** As {@code CLUSTER SLOTS} answers, and as it never does. */
    private static List<@Nullable Object> slots(FuzzInput input) {
        List<@Nullable Object> ranges = new ArrayList<>();
        for (int i = input.random().nextInt(3); i > 0; i--) {
            List<@Nullable Object> node = new ArrayList<>();
            node.add(input.pick(List.of("host".getBytes(UTF_8), "".getBytes(UTF_8), "?".getBytes(UTF_8), 5L)));
            node.add(input.pick(List.of(30_001L, 0L, -1L, 65_536L, Long.MAX_VALUE, "1".getBytes(UTF_8))));
            node.add(input.oneIn(4) ? null : "67ed2db8d677e59ec4a4cefb06858cf2a1a89fa1".getBytes(UTF_8));
            List<@Nullable Object> range = new ArrayList<>(List.of(0L, 5_460L, node));
            ranges.add(input.oneIn(4) ? input.pick(List.of(1L, List.of(), List.of(1L, 2L, 3L))) : range);
        }
        return ranges;
    }

    private static boolean replication(String info) {
        ProbeVerdict verdict = ProbeVerdict.of(new ProbeVerdict.Replies(null, info, null), true);
        return verdict instanceof ProbeVerdict.Good;
    }

    private static boolean cursor(String text) {
        try {
            ScanPosition position = ScanPosition.parse(text);
            Demand.that(ScanPosition.parse(position.text()).equals(position), "the same place again");
            return true;
        } catch (IllegalArgumentException refused) {
            Demand.that(String.valueOf(refused.getMessage()).contains("begin again"), "a remedy");
            return false;
        }
    }

    private static void requireAddress(NodeAddress address) {
        Demand.that(
                !address.host().isEmpty() && address.port() >= 1 && address.port() <= HIGHEST_PORT,
                "a host and a port: " + address);
    }
}
