package io.cacheservice.benchmarks.chart;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheservice.benchmarks.chart.BarChart.Bar;
import io.cacheservice.benchmarks.chart.BarChart.Group;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class BarChartTest {
    private static final BarChart NEAR = chart(0.5, 2, 4);

    @Test
    void itSaysWhatEachBarIsAndItsRatio() throws Exception {
        assertThat(texts(NEAR)).contains("a < b & c", "a case", "subject 0", "0.50", "2.00", "4.00");
    }

    @Test
    void twiceAsMuchIsAsLongToTheRightAsHalfAsMuchIsToTheLeft() throws Exception {
        List<Element> bars = bars(NEAR);
        double one = number(bars.get(1), "x");

        assertThat(number(bars.get(0), "x") + number(bars.get(0), "width")).isEqualTo(one);
        assertThat(number(bars.get(0), "width")).isEqualTo(number(bars.get(1), "width"));
        assertThat(number(bars.get(2), "x")).isEqualTo(one);
    }

    @Test
    void oursIsDrawnInAnotherColour() throws Exception {
        List<Element> bars = bars(NEAR);

        assertThat(bars.get(2).getAttribute("fill")).isNotEqualTo(bars.get(0).getAttribute("fill"));
    }

    @Test
    void theScaleGoesByTwosOrWhereRatiosLieFarApartByTens() throws Exception {
        assertThat(texts(NEAR)).contains("0.5", "1", "2", "4").doesNotContain("8");
        assertThat(texts(chart(0.004, 30)))
                .contains("0.001", "0.01", "0.1", "1", "10", "100")
                .doesNotContain("2");
    }

    @Test
    void aRatioOfNothingHasItsPlaceAtTheEndOfTheScale() throws Exception {
        assertThat(bars(chart(0, 2)))
                .allSatisfy(bar -> assertThat(number(bar, "width")).isFinite());
    }

    private static BarChart chart(double... ratios) {
        List<Bar> bars = IntStream.range(0, ratios.length)
                .mapToObj(i -> new Bar("subject " + i, ratios[i], ratios[i], ratios[i], i == 2))
                .toList();
        return new BarChart("a < b & c", List.of(new Group("a case", bars)));
    }

    /** Without the background. */
    private static List<Element> bars(BarChart chart) throws Exception {
        NodeList rectangles = parsed(chart).getElementsByTagName("rect");
        return IntStream.range(1, rectangles.getLength())
                .mapToObj(i -> (Element) rectangles.item(i))
                .toList();
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static List<String> texts(BarChart chart) throws Exception {
        NodeList texts = parsed(chart).getElementsByTagName("text");
        return IntStream.range(0, texts.getLength())
                .mapToObj(i -> texts.item(i).getTextContent())
                .toList();
    }

    private static Document parsed(BarChart chart) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())));
    }
}
