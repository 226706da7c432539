package dev.engram.metrics.layermem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SslMemTest {

    @Test
    void vectorsComputedByHand() {
        assertEquals(0.5, new SslMem(0.2, 0.6).score(), 1e-15);
        assertEquals(-0.5, new SslMem(0.6, 0.2).score(), 1e-15);
        assertEquals(0, new SslMem(0.4, 0.4).score());
        assertEquals(0.4, new SslMem(0.2, 0.6).unnormalized(), 1e-15);
        assertEquals(1, new SslMem(0, 0.1).score());
        assertFalse(new SslMem(0.4, 0.4).degenerate());
    }

    @Test
    void bothZeroIsZeroAndFlagged() {
        SslMem collapsed = new SslMem(0, 0);
        assertEquals(0, collapsed.score());
        assertTrue(collapsed.degenerate());
    }

    @Test
    void refusesWhatIsNoDistance() {
        assertThrows(IllegalArgumentException.class, () -> new SslMem(-0.1, 1));
        assertThrows(IllegalArgumentException.class, () -> new SslMem(1, Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> new SslMem(Double.POSITIVE_INFINITY, 1));
    }
}
