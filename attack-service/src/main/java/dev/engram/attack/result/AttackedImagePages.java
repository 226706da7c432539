package dev.engram.attack.result;

import dev.engram.v1.AttackedImage;
import dev.engram.v1.ListAttackedImagesRequest;
import dev.engram.v1.ListAttackedImagesResponse;
import dev.engram.v1.Vote;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * Pages through an {@code attacked.csv}, whose lines are in the order of listing already. A page costs reading the lines before
 * it; nothing is kept in memory.
 */
public final class AttackedImagePages {
    /** A page token that this listing did not give out. */
    public static final class InvalidToken extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidToken(String token) {
            super("was not made by this listing: " + token);
        }
    }

    private final ListAttackedImagesRequest asked;

    /** @param asked for which images: crop, cell, label and confidence */
    public AttackedImagePages(ListAttackedImagesRequest asked) {
        this.asked = asked;
    }

    /** At most {@code size} images after the place {@code token} names; the first ones if it is empty. */
    public ListAttackedImagesResponse page(Path csv, int size, String token) throws InvalidToken {
        long skip = place(token);
        ListAttackedImagesResponse.Builder page = ListAttackedImagesResponse.newBuilder();
        try (BufferedReader lines = Files.newBufferedReader(csv, StandardCharsets.UTF_8)) {
            Map<String, Integer> columns = columns(lines.readLine());
            long matching = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Row row = new Row(columns, line.split(",", -1));
                if (!matches(row) || matching++ < skip) {
                    continue;
                }
                if (page.getImagesCount() == size) {
                    return page.setNextPageToken(token(skip + size)).build();
                }
                page.addImages(image(row));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return page.build();
    }

    private boolean matches(Row row) {
        return row.number("crop") == asked.getCrop()
                && (asked.getCell().isEmpty() || asked.getCell().equals(row.text("cell")))
                && (!asked.hasImageId() || asked.getImageId() == row.number("image_id"))
                && (!asked.hasLabel() || asked.getLabel() == row.number("label"))
                && (!asked.hasLeastConfidence()
                        || Double.parseDouble(row.text("target_confidence")) >= asked.getLeastConfidence());
    }

    private static AttackedImage image(Row row) {
        return AttackedImage.newBuilder()
                .setImageId(row.number("image_id"))
                .setLabel((int) row.number("label"))
                .setDirection(row.text("direction"))
                .setCell(row.text("cell"))
                .setTarget(vote(row, "target_"))
                .setReference(vote(row, "reference_"))
                .setRepeatCount(row.has("repeat_count") ? (int) row.number("repeat_count") : 1)
                .build();
    }

    private static Vote vote(Row row, String encoder) {
        Vote.Builder vote = Vote.newBuilder()
                .setPrediction((int) row.number(encoder + "prediction"))
                .setConfidence(Double.parseDouble(row.text(encoder + "confidence")));
        String neighbors = row.text(encoder + "neighbors");
        if (!neighbors.isEmpty()) {
            Arrays.stream(neighbors.split(" ")).map(Long::parseLong).forEach(vote::addNeighbors);
        }
        return vote.build();
    }

    private static Map<String, Integer> columns(String header) {
        Map<String, Integer> columns = new HashMap<>();
        for (String name : header.split(",")) {
            columns.put(name, columns.size());
        }
        return columns;
    }

    private String token(long place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((listing() + place).getBytes(StandardCharsets.UTF_8));
    }

    private long place(String token) throws InvalidToken {
        if (token.isEmpty()) {
            return 0;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            if (text.startsWith(listing())) {
                return Long.parseUnsignedLong(text.substring(listing().length()));
            }
        } catch (IllegalArgumentException e) {
            // not one of ours: said below
        }
        throw new InvalidToken(token);
    }

    private String listing() {
        return asked.getCrop() + "/" + asked.getCell() + "/" + (asked.hasLabel() ? asked.getLabel() : "") + "/"
                + (asked.hasLeastConfidence() ? asked.getLeastConfidence() : "") + "/" + (asked.hasImageId() ? asked.getImageId() : "") + "/";
    }

    private record Row(Map<String, Integer> columns, String[] values) {
        /** Tables written before there were repeats have no column of them. */
        boolean has(String column) {
            return columns.containsKey(column);
        }

        String text(String column) {
            return values[columns.get(column)];
        }

        long number(String column) {
            return Long.parseLong(text(column));
        }
    }
}
