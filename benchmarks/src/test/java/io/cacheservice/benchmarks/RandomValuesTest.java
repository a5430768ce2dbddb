package io.cacheservice.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

class RandomValuesTest {
    @Test
    void noCompressionMakesManyOfThemShorterTogether() throws Exception {
        RandomValues values = new RandomValues(100);
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, new Deflater(Deflater.BEST_COMPRESSION))) {
            for (int i = 0; i < 300; i++) {
                out.write(values.of("subject:" + i));
            }
        }

        assertThat(compressed.size()).isGreaterThan(30_000);
    }

    @Test
    void theValueOfANumberIsTheSameForAllSubjects() {
        RandomValues values = new RandomValues(1_000);

        assertThat(values.of("one:17")).hasSize(1_000).isSameAs(values.of("other:key:17"));
    }
}
