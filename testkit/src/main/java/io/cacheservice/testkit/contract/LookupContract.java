package io.cacheservice.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.EntryOptions;
import io.cacheservice.EntryVersion;
import io.cacheservice.Lookup;
import io.cacheservice.Reason;
import io.cacheservice.Tier;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A lookup says where its answer comes from, how old it is and why. */
abstract class LookupContract extends TierContract {
    private EntryVersion version(String key) {
        return hit(service().lookup(key)).version().orElseThrow();
    }

    @Test
    void aHitNamesItsValueTierAndReason() {
        service().set("k", bytes("value"), LIFE);

        Lookup<byte[]> lookup = service().lookup("k");

        assertThat(lookup.isHit()).isTrue();
        assertThat(text(lookup.valueOrNull())).isEqualTo("value");
        assertThat(lookup.tier()).isEqualTo(tier().tier());
        assertThat(lookup.reason()).isEqualTo(Reason.FOUND);
        assertThat(lookup.stale()).isFalse();
    }

    @Test
    void anAbsentKeyNamesTheTierThatWasAsked() {
        assertThat(service().lookup("nobody")).isEqualTo(new Lookup.Absent<byte[]>(tier().tier(), Reason.NOT_FOUND));
    }

    @Test
    void anAbsentKeyHasNoValueAndNoAge() {
        Lookup<byte[]> lookup = service().lookup("nobody");

        assertThat(lookup.isHit()).isFalse();
        assertThat(lookup.valueOrNull()).isNull();
        assertThat(lookup.age()).isEqualTo(Duration.ZERO);
        assertThat(lookup.stale()).isFalse();
    }

    @Test
    void ageIsTheTimeSinceTheWrite() {
        service().set("k", bytes("value"), LIFE);
        advance(Duration.ofSeconds(90));

        Duration age = service().lookup("k").age();

        assertThat(age)
                .isBetween(
                        Duration.ofSeconds(90).minus(MILLISECOND),
                        Duration.ofSeconds(90).plus(tier().clockTolerance()));
    }

    @Test
    void remainingIsTheTimeUntilTheEnd() {
        service().set("k", bytes("value"), Duration.ofSeconds(100));
        advance(Duration.ofSeconds(90));

        Duration remaining = hit(service().lookup("k")).remaining().orElseThrow();

        assertThat(remaining)
                .isBetween(
                        Duration.ofSeconds(10).minus(tier().clockTolerance()),
                        Duration.ofSeconds(10).plus(MILLISECOND));
    }

    @Test
    void anEntryWithoutExpiryHasNoRemainingLife() {
        service().set("k", bytes("value"), EntryOptions.noExpiry());

        assertThat(hit(service().lookup("k")).remaining()).isEmpty();
    }

    @Test
    void aContentTypeIsKeptBesideTheValue() {
        service().set("k", bytes("{}"), EntryOptions.ttl(LIFE).withContentType("application/json"));

        assertThat(hit(service().lookup("k")).contentType()).contains("application/json");
        assertThat(text(service().get("k"))).isEqualTo("{}");
    }

    @Test
    void anEntryWithoutExpiryMayHaveAContentType() {
        service().set("k", bytes("{}"), EntryOptions.noExpiry().withContentType("application/json"));

        assertThat(hit(service().lookup("k")).contentType()).contains("application/json");
        assertThat(hit(service().lookup("k")).remaining()).isEmpty();
    }

    @Test
    void anEntryStoredWithoutAContentTypeHasNone() {
        service().set("k", bytes("{}"), EntryOptions.ttl(LIFE).withContentType("application/json"));
        service().set("k", bytes("plain"), LIFE);

        assertThat(hit(service().lookup("k")).contentType()).isEmpty();
    }

    @Test
    void anEntryKeepsItsVersionWhileItIsOnlyRead() {
        service().set("k", bytes("value"), LIFE);
        EntryVersion first = version("k");
        service().get("k");
        advance(SECOND);

        assertThat(version("k")).isEqualTo(first);
    }

    @Test
    void everyWriteGivesANewVersionEvenOfTheSameBytes() {
        service().set("k", bytes("value"), LIFE);
        EntryVersion first = version("k");
        service().set("k", bytes("value"), LIFE);

        assertThat(version("k")).isNotEqualTo(first);
    }

    @Test
    void aVersionSurvivesBeingCarriedAsText() {
        service().set("k", bytes("value"), LIFE);
        EntryVersion carried = EntryVersion.parse(version("k").toString());

        assertThat(service().replace("k", carried, bytes("new"), LIFE)).isTrue();
    }

    @Test
    void aLookupThroughASourceSaysThatItWasLoaded() {
        service().source("k", key -> bytes("loaded"));

        Lookup<byte[]> first = service().lookup("k");
        Lookup<byte[]> second = service().lookup("k");

        assertThat(text(first.valueOrNull())).isEqualTo("loaded");
        assertThat(first.tier()).isEqualTo(Tier.SOURCE);
        assertThat(first.reason()).isEqualTo(Reason.LOADED);
        assertThat(second.tier()).isEqualTo(tier().tier());
        assertThat(second.reason()).isEqualTo(Reason.FOUND);
    }

    @Test
    void aLookupThatLoadedNamesTheLifeAndTheVersionItStored() {
        service().source("k", key -> bytes("loaded"));

        Lookup.Hit<byte[]> loaded = hit(service().lookup("k"));

        assertThat(loaded.remaining().orElseThrow())
                .isBetween(
                        shortest(service().config().defaultTtl()).minus(tier().clockTolerance()),
                        service().config().defaultTtl());
        assertThat(loaded.version()).contains(version("k"));
    }

    @Test
    void aSourceThatHasNothingIsTheLastTierAsked() {
        service().source("k", key -> null);

        assertThat(service().lookup("k")).isEqualTo(new Lookup.Absent<byte[]>(Tier.SOURCE, Reason.LOADED));
    }
}
