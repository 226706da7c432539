package dev.engram.metrics.unitmem;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The images with the highest mean activation of each unit, highest first; equal ones by id, smallest first. The order of adding
 * and merging makes no difference. 8 bytes an image kept.
 */
final class TopImages {
    private static final int NONE = -1;

    private final int units;
    private final int size;
    private final float[] values;
    private final int[] ids;

    TopImages(int units, int size) {
        this.units = units;
        this.size = size;
        this.values = new float[units * size];
        this.ids = new int[units * size];
        Arrays.fill(values, Float.NEGATIVE_INFINITY);
        Arrays.fill(ids, NONE);
    }

    /** Offers an image; {@code id} is at least 0 and offered once a unit. */
    void offer(int unit, float value, int id) {
        int first = unit * size;
        int place = first + size;
        while (place > first && before(value, id, place - 1)) {
            place--;
        }
        if (place == first + size) {
            return;
        }
        int moved = first + size - 1 - place;
        System.arraycopy(values, place, values, place + 1, moved);
        System.arraycopy(ids, place, ids, place + 1, moved);
        values[place] = value;
        ids[place] = id;
    }

    private boolean before(float value, int id, int place) {
        return ids[place] == NONE || value > values[place] || (value == values[place] && id < ids[place]);
    }

    void merge(TopImages other) {
        for (int unit = 0; unit < units; unit++) {
            for (int rank = 0; rank < other.kept(unit); rank++) {
                offer(unit, other.value(unit, rank), other.id(unit, rank));
            }
        }
    }

    /** How many images the unit has, at most the size. */
    int kept(int unit) {
        int rank = 0;
        while (rank < size && ids[unit * size + rank] != NONE) {
            rank++;
        }
        return rank;
    }

    float value(int unit, int rank) {
        return values[unit * size + rank];
    }

    int id(int unit, int rank) {
        return ids[unit * size + rank];
    }

    int size() {
        return size;
    }

    void write(DataOutput out) throws IOException {
        out.writeInt(units);
        out.writeInt(size);
        for (int i = 0; i < values.length; i++) {
            out.writeFloat(values[i]);
            out.writeInt(ids[i]);
        }
    }

    static TopImages read(DataInput in) throws IOException {
        TopImages top = new TopImages(in.readInt(), in.readInt());
        for (int i = 0; i < top.values.length; i++) {
            top.values[i] = in.readFloat();
            top.ids[i] = in.readInt();
        }
        return top;
    }
}
