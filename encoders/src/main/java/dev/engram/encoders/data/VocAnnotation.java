package dev.engram.encoders.data;

import dev.engram.encoders.file.CorruptFileException;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The boxes in an annotation of PASCAL VOC's form, such as ImageNet's: {@code object/bndbox/xmin} …, the numbers as they are. Parts
 * of objects are left out.
 */
final class VocAnnotation {
    /** The most bytes of an annotation. */
    static final int LARGEST = 1 << 20;

    /** A head or a hand, which lies in an object that has a box of its own. */
    private static final String PART = "part";

    private static final List<String> SIDES = List.of("xmin", "ymin", "xmax", "ymax");
    private static final XMLInputFactory FACTORY = factory();

    private VocAnnotation() {}

    /** @throws CorruptFileException if it is no XML, refers to anything outside, or a box is none */
    static List<Box> boxes(String file, byte[] xml) throws CorruptFileException {
        List<Box> boxes = new ArrayList<>();
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml));
            try {
                Map<String, String> sides = new HashMap<>();
                int parts = 0;
                while (reader.hasNext()) {
                    int event = reader.next();
                    if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE) {
                        throw new CorruptFileException(file, offset(reader), "document types and entities are not read");
                    }
                    if (event == XMLStreamConstants.START_ELEMENT && reader.getLocalName().equals(PART)) {
                        parts++;
                    } else if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals(PART)) {
                        parts--;
                    } else if (parts > 0) {
                        continue;
                    } else if (event == XMLStreamConstants.START_ELEMENT && SIDES.contains(reader.getLocalName())) {
                        sides.put(reader.getLocalName(), reader.getElementText().strip());
                    } else if (event == XMLStreamConstants.END_ELEMENT && reader.getLocalName().equals("bndbox")) {
                        boxes.add(BoxIndex.box(file, "box " + boxes.size(), SIDES.stream().map(s -> sides.getOrDefault(s, "")).toList(), 0));
                        sides.clear();
                    }
                }
            } finally {
                reader.close();
            }
        } catch (XMLStreamException e) {
            long at = e.getLocation() == null ? 0 : Math.max(0, e.getLocation().getCharacterOffset());
            throw new CorruptFileException(file, at, "is no XML: " + e.getMessage().lines().toList().getLast(), e);
        }
        return boxes;
    }

    private static long offset(XMLStreamReader reader) {
        return Math.max(0, reader.getLocation().getCharacterOffset());
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLReporter((message, type, information, location) -> {});
        return factory;
    }
}
