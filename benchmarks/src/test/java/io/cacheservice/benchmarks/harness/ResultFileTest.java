package io.cacheservice.benchmarks.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ResultFileTest {
    @Test
    void aLineHasSubjectMetricValueSpreadAndRatioToEachBaseline() {
        Measurement measurement = new Measurement(
                "hit",
                "ours",
                Metric.NANOS_PER_OPERATION,
                new Spread(1, 2, 3.14159, 4, 5),
                Map.of("theirs", new Spread(0.5, 0.6, 0.7, 0.8, 0.9)));

        JsonNode document =
                JsonMapper.shared().readTree(ResultFile.json(Map.of("suite", "local"), List.of(measurement)));

        assertThat(document).isEqualTo(JsonMapper.shared().readTree("""
                {"suite": "local",
                 "results": [
                   {"case": "hit", "subject": "ours", "metric": "ns/op", "value": 3.142,
                    "spread": {"min": 1.0, "lowerQuartile": 2.0, "upperQuartile": 4.0, "max": 5.0},
                    "ratio": {"theirs": {"value": 0.7,
                      "spread": {"min": 0.5, "lowerQuartile": 0.6, "upperQuartile": 0.8, "max": 0.9}}}}]}
                """));
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Measurement measurement = new Measurement(
                "hit",
                "ours",
                Metric.P99_MICROS,
                new Spread(1, 2, 3.5, 4, 5),
                Map.of("theirs", new Spread(0.5, 0.6, 0.7, 0.8, 0.9)));

        RunRecord read = ResultFile.parse(ResultFile.json(Map.of("suite", "local"), List.of(measurement)));

        assertThat(read.measurements()).containsExactly(measurement);
        assertThat(read.facts()).isEqualTo(JsonMapper.shared().readTree("{\"suite\": \"local\"}"));
    }
}
