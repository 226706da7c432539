package dev.engram.attack.onemodel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AgreementTest {

    /** The worked example of Cohen's κ with 20, 5, 10, 15 of 50: observed 0.7, expected 0.5. */
    @Test
    void kappaIsAgreementBeyondChance() {
        Agreement agreement = new Agreement(20, 5, 10, 15);
        assertEquals(0.4, agreement.kappa(), 1e-12);
        assertEquals(0.8, agreement.precision());
        assertEquals(20 / 30.0, agreement.recall());
    }

    @Test
    void verdictsAreCountedImageByImage() {
        boolean[] first = {true, true, false, false, false};
        boolean[] second = {true, false, true, false, false};
        assertEquals(new Agreement(1, 1, 1, 2), Agreement.of(first, second));
        assertEquals(1, Agreement.of(first, first).kappa());
    }

    @Test
    void whatCannotBeSaidIsNaN() {
        boolean[] none = {false, false};
        assertTrue(Double.isNaN(Agreement.of(none, none).kappa()));
        assertTrue(Double.isNaN(Agreement.of(none, none).precision()));
    }
}
