package io.cacheservice.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.internal.engine.Flights.Seat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlightsTest {
    private final Flights<String, String> flights = new Flights<>();

    @Test
    void theFirstToBoardOwnsTheFlightAndTheOthersShareIt() {
        Seat<String> first = flights.board("k", 0);
        Seat<String> second = flights.board("k", 0);

        assertThat(first.isOwner()).isTrue();
        assertThat(second.isOwner()).isFalse();
        assertThat(second.flight()).isSameAs(first.flight());
    }

    @Test
    void aFlightThatInstallsIsSharedUntilThatIsDone() {
        Seat<String> seat = flights.board("k", 0);

        assertThat(flights.land("k", seat.flight(), () -> "installed")).isEqualTo("installed");
        assertThat(flights.board("k", 0).flight()).isSameAs(seat.flight());
        flights.end("k", seat.flight());
        assertThat(flights.size()).isZero();
    }

    @Test
    void aWriteDuringTheFlightBarsTheInstallation() {
        Seat<String> seat = flights.board("k", 0);
        flights.writeBegins("k");
        flights.writeEnded("k");

        assertThat(flights.land("k", seat.flight(), () -> "installed")).isNull();
        flights.end("k", seat.flight());
        assertThat(flights.size()).isZero();
    }

    @Test
    void aFlightThatBeganAndEndedWhileAWriteIsUnderWayInstallsNothing() {
        flights.writeBegins("k");
        Seat<String> seat = flights.board("k", 0);

        assertThat(seat.isOwner()).isTrue();
        assertThat(flights.land("k", seat.flight(), () -> "installed")).isNull();
        flights.end("k", seat.flight());
        flights.writeEnded("k");
        assertThat(flights.size()).isZero();
    }

    @Test
    void aFlightThatBeganDuringAWriteIsNotJoinedAfterIt() {
        flights.writeBegins("k");
        Seat<String> during = flights.board("k", 0);
        flights.writeEnded("k");

        Seat<String> after = flights.board("k", 0);
        assertThat(after.isOwner()).isTrue();
        assertThat(flights.land("k", during.flight(), () -> "old")).isNull();
        flights.end("k", during.flight());
        assertThat(flights.land("k", after.flight(), () -> "new")).isEqualTo("new");
    }

    @Test
    void whoAsksAfterAWriteWaitsForTheRunningFlightToEndAndOneForAll() {
        Seat<String> barred = flights.board("k", 0);
        flights.writeBegins("k");
        flights.writeEnded("k");

        Seat<String> next = flights.board("k", 0);
        Seat<String> another = flights.board("k", 0);
        assertThat(next.isOwner()).isTrue();
        assertThat(another.isOwner()).isFalse();
        assertThat(another.flight()).isSameAs(next.flight());
        assertThat(barred.flight().turn()).isCompleted();
        assertThat(next.flight().turn()).isNotDone();

        flights.end("k", barred.flight());
        assertThat(next.flight().turn()).isCompleted();
    }

    @Test
    void manyWritesDuringALoadLeadToOneLoadMore() {
        Seat<String> first = flights.board("k", 0);
        List<Seat<String>> owners = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            flights.writeBegins("k");
            flights.writeEnded("k");
            Seat<String> seat = flights.board("k", i);
            if (seat.isOwner()) {
                owners.add(seat);
            }
        }

        assertThat(owners).hasSize(1);
        flights.end("k", first.flight());
        flights.end("k", owners.get(0).flight());
        assertThat(flights.size()).isZero();
    }

    @Test
    void aLoaderThatAsksForItsOwnKeyAfterItsOwnWriteIsToldSo() {
        Seat<String> seat = flights.board("k", 0);
        LoaderCall call = LoaderCall.enter();
        try {
            seat.flight().runsIn(call);
            flights.writeBegins("k");
            flights.writeEnded("k");

            assertThat(flights.board("k", 0).flight().waitsFor(LoaderCall.current()))
                    .isTrue();
        } finally {
            call.leave();
        }
    }

    @Test
    void installationWaitsForTheLastOfSeveralWrites() {
        flights.writeBegins("k");
        flights.writeBegins("k");
        flights.writeEnded("k");
        Seat<String> seat = flights.board("k", 0);

        assertThat(flights.land("k", seat.flight(), () -> "installed")).isNull();
        flights.writeEnded("k");
        flights.end("k", seat.flight());
        assertThat(flights.size()).isZero();
    }

    @Test
    void aFlightThatEndedLeavesTheKeyFree() {
        Seat<String> seat = flights.board("k", 0);
        flights.end("k", seat.flight());

        assertThat(flights.size()).isZero();
        assertThat(flights.board("k", 0).isOwner()).isTrue();
    }

    @Test
    void aWriteEndsAFlightThatIsBeingInstalled() {
        Seat<String> seat = flights.board("k", 0);
        flights.land("k", seat.flight(), () -> "installed");
        flights.writeBegins("k");

        assertThat(flights.board("k", 0).isOwner()).isTrue();
    }

    @Test
    void theSlotsOfOtherKeysAreUntouched() {
        Seat<String> seat = flights.board("a", 0);
        flights.writeBegins("b");

        assertThat(flights.land("a", seat.flight(), () -> "installed")).isEqualTo("installed");
    }
}
