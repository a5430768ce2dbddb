package io.cacheservice.redis.internal.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MasterVoteTest {
    private static final NodeAddress OLD = new NodeAddress("a", 1);
    private static final NodeAddress NEW = new NodeAddress("b", 1);

    @Test
    void withoutVotesThereIsNoMaster() {
        assertThat(MasterVote.elect(List.of())).isNull();
    }

    @Test
    void theNewestConfigurationCountsHoweverFewSayIt() {
        assertThat(MasterVote.elect(List.of(new MasterVote(OLD, 3), new MasterVote(OLD, 3), new MasterVote(NEW, 4))))
                .isEqualTo(NEW);
    }

    @Test
    void withinOneConfigurationTheMostCount() {
        assertThat(MasterVote.elect(List.of(new MasterVote(OLD, 4), new MasterVote(NEW, 4), new MasterVote(NEW, 4))))
                .isEqualTo(NEW);
    }
}
