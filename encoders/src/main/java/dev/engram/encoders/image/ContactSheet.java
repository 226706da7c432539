package dev.engram.encoders.image;

import java.util.Arrays;
import java.util.List;

/**
 * Pictures side by side on one RGB sheet: rows of square cells, the picture as a {@link Picture#thumbnail} in the cell's centre.
 *
 * @param columns cells in a row, at least 1
 * @param cell side of a cell in pixels, at least 1
 * @param gap pixels between cells and around them, not negative
 * @param background grey level behind the pictures, 0 … 255
 */
public record ContactSheet(int columns, int cell, int gap, int background) {
    private static final int RGB = 3;

    public ContactSheet {
        if (columns < 1 || cell < 1 || gap < 0 || background < 0 || background > 255) {
            throw new IllegalArgumentException(
                    "contact sheet: needs columns, cell >= 1, gap >= 0, background 0 … 255, was %d, %d, %d, %d"
                            .formatted(columns, cell, gap, background));
        }
    }

    /** Cells of 64 pixels, white, with gaps of 4. */
    public static ContactSheet of(int columns) {
        return new ContactSheet(columns, 64, 4, 255);
    }

    /** Lays the pictures out row by row; the last row may be short. */
    public Picture compose(List<Picture> pictures) {
        if (pictures.isEmpty()) {
            throw new IllegalArgumentException("contact sheet: needs at least one picture");
        }
        int rows = (pictures.size() + columns - 1) / columns;
        int height = gap + rows * (cell + gap);
        int width = gap + Math.min(columns, pictures.size()) * (cell + gap);
        byte[] planes = new byte[RGB * height * width];
        Arrays.fill(planes, (byte) background);
        Picture sheet = new Picture(RGB, height, width, planes);
        for (int i = 0; i < pictures.size(); i++) {
            Picture picture = pictures.get(i).thumbnail(cell);
            int top = gap + i / columns * (cell + gap) + (cell - picture.height()) / 2;
            int left = gap + i % columns * (cell + gap) + (cell - picture.width()) / 2;
            paste(picture, sheet, top, left);
        }
        return sheet;
    }

    private static void paste(Picture picture, Picture sheet, int top, int left) {
        for (int c = 0; c < RGB; c++) {
            int plane = picture.channels() == 1 ? 0 : c;
            for (int y = 0; y < picture.height(); y++) {
                System.arraycopy(
                        picture.planes(), (plane * picture.height() + y) * picture.width(),
                        sheet.planes(), (c * sheet.height() + top + y) * sheet.width() + left, picture.width());
            }
        }
    }
}
