package dev.engram.encoders.augment;

/**
 * One cell of an image cut into rows and columns of equal size (± 1 pixel).
 *
 * @param rows at least 1
 * @param columns at least 1
 * @param row 0 to rows - 1, from above
 * @param column 0 to columns - 1, from the left
 */
public record GridCell(int rows, int columns, int row, int column) {
    public GridCell {
        if (rows < 1 || columns < 1 || row < 0 || row >= rows || column < 0 || column >= columns) {
            throw new IllegalArgumentException(
                    "a grid of %d x %d has no cell (%d, %d)".formatted(rows, columns, row, column));
        }
    }

    /** The cell's rectangle; an image smaller than the grid has none. */
    public CropRectangle of(int imageHeight, int imageWidth) {
        if (imageHeight < rows || imageWidth < columns) {
            throw new IllegalArgumentException(
                    "%d x %d pixels have no grid of %d x %d".formatted(imageHeight, imageWidth, rows, columns));
        }
        int top = row * imageHeight / rows;
        int left = column * imageWidth / columns;
        return new CropRectangle(
                top, left, (row + 1) * imageHeight / rows - top, (column + 1) * imageWidth / columns - left);
    }
}
