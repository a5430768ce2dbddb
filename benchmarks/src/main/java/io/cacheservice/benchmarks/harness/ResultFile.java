package io.cacheservice.benchmarks.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A run as JSON: what it ran on, and every measurement with its spread and its ratios. */
public final class ResultFile {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private ResultFile() {}

    /** Writes {@code facts} and then {@code measurements} to {@code file}, whose folder is made if need be. */
    public static void write(Path file, Map<String, Object> facts, List<Measurement> measurements) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, json(facts, measurements) + "\n");
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when it is something else; it names the file
     */
    public static RunRecord read(Path file) throws IOException {
        try {
            return parse(Files.readString(file));
        } catch (JacksonException | IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    file + " is no result of this version: " + wrong.getMessage() + "; measure its suite again", wrong);
        }
    }

    static RunRecord parse(String json) {
        ObjectNode document = (ObjectNode) JSON.readTree(json);
        List<Measurement> measurements = document.required("results")
                .valueStream()
                .map(ResultFile::measurement)
                .toList();
        document.remove("results");
        return new RunRecord(document, measurements);
    }

    private static Measurement measurement(JsonNode line) {
        Map<String, Spread> ratios = new LinkedHashMap<>();
        line.required("ratio").properties().forEach(ratio -> ratios.put(ratio.getKey(), spread(ratio.getValue())));
        return new Measurement(
                line.required("case").asString(),
                line.required("subject").asString(),
                Metric.labelled(line.required("metric").asString()),
                spread(line),
                ratios);
    }

    private static Spread spread(JsonNode line) {
        JsonNode ends = line.required("spread");
        return new Spread(
                ends.required("min").asDouble(),
                ends.required("lowerQuartile").asDouble(),
                line.required("value").asDouble(),
                ends.required("upperQuartile").asDouble(),
                ends.required("max").asDouble());
    }

    static String json(Map<String, Object> facts, List<Measurement> measurements) {
        Map<String, Object> document = new LinkedHashMap<>(facts);
        document.put("results", measurements.stream().map(ResultFile::line).toList());
        return JSON.writeValueAsString(document);
    }

    private static Map<String, Object> line(Measurement measurement) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("case", measurement.caseName());
        line.put("subject", measurement.subject());
        line.put("metric", measurement.metric().label());
        line.put("value", rounded(measurement.value().median()));
        line.put("spread", spread(measurement.value()));
        Map<String, Object> ratios = new LinkedHashMap<>();
        measurement.ratios().forEach((baseline, ratio) -> {
            Map<String, Object> entry = new LinkedHashMap<>();
            entry.put("value", rounded(ratio.median()));
            entry.put("spread", spread(ratio));
            ratios.put(baseline, entry);
        });
        line.put("ratio", ratios);
        return line;
    }

    private static Map<String, Object> spread(Spread spread) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("min", rounded(spread.min()));
        fields.put("lowerQuartile", rounded(spread.lowerQuartile()));
        fields.put("upperQuartile", rounded(spread.upperQuartile()));
        fields.put("max", rounded(spread.max()));
        return fields;
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
