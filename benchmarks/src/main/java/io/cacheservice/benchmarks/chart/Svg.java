package io.cacheservice.benchmarks.chart;

import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** A picture that is being drawn: one shape a line, so that two runs can be compared. */
final class Svg {
    private static final String FONT = "system-ui, sans-serif";

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter xml;

    /** @param title what it shows, for those who do not see it */
    Svg(int width, int height, String title) {
        try {
            xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            xml.writeStartElement("svg");
            xml.writeDefaultNamespace("http://www.w3.org/2000/svg");
            xml.writeAttribute("viewBox", "0 0 " + width + " " + height);
            xml.writeAttribute("font-family", FONT);
            xml.writeAttribute("font-size", "13");
            xml.writeAttribute("role", "img");
            element("title", title);
            rectangle(0, 0, width, height, "#ffffff");
        } catch (XMLStreamException e) {
            throw unwritable(e);
        }
    }

    void rectangle(double x, double y, double width, double height, String color) {
        element(
                "rect",
                "",
                "x",
                number(x),
                "y",
                number(y),
                "width",
                number(width),
                "height",
                number(height),
                "fill",
                color);
    }

    /** @param dashes lengths of dashes and gaps; empty: none */
    void line(List<double[]> points, String color, double width, String dashes) {
        String all = points.stream()
                .map(point -> number(point[0]) + "," + number(point[1]))
                .collect(Collectors.joining(" "));
        element(
                "polyline",
                "",
                "points",
                all,
                "fill",
                "none",
                "stroke",
                color,
                "stroke-width",
                number(width),
                "stroke-dasharray",
                dashes.isEmpty() ? "none" : dashes);
    }

    /** @param anchor which end of the words is at {@code x}: start, middle or end */
    void text(double x, double y, String anchor, String color, String words) {
        element("text", words, "x", number(x), "y", number(y), "text-anchor", anchor, "fill", color);
    }

    /** The whole file; nothing can be drawn after. */
    String end() {
        try {
            xml.writeCharacters("\n");
            xml.writeEndElement();
            xml.writeCharacters("\n");
            xml.close();
        } catch (XMLStreamException e) {
            throw unwritable(e);
        }
        return text.toString();
    }

    private void element(String name, String words, String... attributes) {
        try {
            xml.writeCharacters("\n");
            xml.writeStartElement(name);
            for (int i = 0; i < attributes.length; i += 2) {
                xml.writeAttribute(attributes[i], attributes[i + 1]);
            }
            xml.writeCharacters(words);
            xml.writeEndElement();
        } catch (XMLStreamException e) {
            throw unwritable(e);
        }
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }

    private static IllegalStateException unwritable(XMLStreamException e) {
        return new IllegalStateException("a picture could not be written", e);
    }
}
