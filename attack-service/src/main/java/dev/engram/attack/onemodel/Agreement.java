package dev.engram.attack.onemodel;

/**
 * How far two tests call the same images memorized.
 *
 * @param both images both call memorized
 * @param onlyFirst images only the first does
 * @param onlySecond images only the second does
 * @param neither the others
 */
public record Agreement(int both, int onlyFirst, int onlySecond, int neither) {

    /** Both verdicts image by image; arrays of one length. */
    public static Agreement of(boolean[] first, boolean[] second) {
        int[] counts = new int[4];
        for (int i = 0; i < first.length; i++) {
            counts[(first[i] ? 0 : 2) + (second[i] ? 0 : 1)]++;
        }
        return new Agreement(counts[0], counts[1], counts[2], counts[3]);
    }

    /**
     * Cohen's κ: agreement beyond chance, (observed - expected) / (1 - expected) (J. Cohen, "A coefficient of agreement for nominal
     * scales", 1960). NaN if both call all images the same, or there are none.
     */
    public double kappa() {
        double n = both + onlyFirst + onlySecond + neither;
        double observed = (both + neither) / n;
        double first = (both + onlyFirst) / n;
        double second = (both + onlySecond) / n;
        double expected = first * second + (1 - first) * (1 - second);
        return (observed - expected) / (1 - expected);
    }

    /** Of what the first calls memorized, the share that the second does; NaN if there is none. */
    public double precision() {
        return (double) both / (both + onlyFirst);
    }

    /** Of what the second calls memorized, the share that the first does; NaN if there is none. */
    public double recall() {
        return (double) both / (both + onlySecond);
    }
}
