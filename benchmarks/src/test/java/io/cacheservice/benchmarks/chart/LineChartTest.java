package io.cacheservice.benchmarks.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class LineChartTest {
    private static final LineChart CHART = new LineChart(
            "a < b & c",
            "ms",
            0.1,
            1,
            new LineChart.Span(0, 0.2, "away"),
            List.of(
                    new LineChart.Line("flat", List.of(10.0, 10.0, 10.0)),
                    new LineChart.Line("rising", List.of(1.0, Double.NaN, 100.0))));

    @Test
    void itIsXmlWhateverItIsCalled() throws Exception {
        assertThat(texts()).contains("a < b & c", "away", "flat", "rising");
    }

    @Test
    void theScaleGoesByPowersOfTen() throws Exception {
        assertThat(texts()).contains("1 ms", "10 ms", "100 ms").doesNotContain("1000 ms");
    }

    @Test
    void timeZeroIsAtItsStep() throws Exception {
        assertThat(texts()).contains("0 s");
    }

    @Test
    void whereThereIsNoValueTheLineGoesOnToTheNext() throws Exception {
        NodeList lines = parsed().getElementsByTagName("polyline");
        List<Integer> points = IntStream.range(0, lines.getLength())
                .map(i -> lines.item(i)
                        .getAttributes()
                        .getNamedItem("points")
                        .getNodeValue()
                        .split(" ")
                        .length)
                .boxed()
                .toList();

        assertThat(points).contains(3, 2);
    }

    private static List<String> texts() throws Exception {
        NodeList texts = parsed().getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }

    private static Document parsed() throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(CHART.svg())));
    }
}
