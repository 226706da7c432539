package dev.engram.runs.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.engram.runs.OtherVersionException;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.store.ConflictException;
import dev.engram.store.DataLossException;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.StoreFullException;
import dev.engram.store.StoreRefusedException;
import dev.engram.store.StoreUnavailableException;
import dev.engram.v1.Run;
import dev.engram.v1.RunError;
import dev.engram.v1.RunError.Category;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FailureCategoriesTest {

    @Test
    void everyKindOfFailureHasItsCategory() {
        assertCategory(Category.DATA_LOSS, false, DataLossException.wrongSize("blobs/sha256/ab", 3, 2));
        assertCategory(Category.DATA_LOSS, false, new ObjectNotFoundException("artifacts/x", null));
        assertCategory(Category.UNAVAILABLE, true, new StoreUnavailableException("away", null));
        assertCategory(Category.UNAVAILABLE, true, new StoreRefusedException("wrong key", null));
        assertCategory(Category.RESOURCE_EXHAUSTED, true, new StoreFullException("full", null));
        assertCategory(Category.RESOURCE_EXHAUSTED, true, new OutOfMemoryError("unable to create native thread"));
        assertCategory(Category.RESOURCE_EXHAUSTED, true, new UncheckedIOException(new IOException("No space left on device")));
        assertCategory(Category.RESOURCE_EXHAUSTED, true, new IllegalStateException("DefaultCPUAllocator: can't allocate memory: tried 4 GB"));
        assertCategory(Category.INTERNAL, false, new ConflictException("not reproduced"));
        assertCategory(Category.INTERNAL, true, new IllegalStateException("a defect"));
        assertCategory(Category.INTERNAL, true, new IOException("odd"));
        assertCategory(Category.OTHER_VERSION, true, OtherVersionException.ofResult("runs/x", Optional.of("0.1"), null));
        assertCategory(Category.INVALID_SPEC, false, RunFailure.invalidSpec("no such layer"));
    }

    @Test
    void wrappersAreLookedThrough() {
        RunError error = FailureCategories.of(new ExecutionException(new RuntimeException(RunFailure.diverged(12, "NaN at step 12"))));
        assertEquals(
                RunError.newBuilder().setCategory(Category.DIVERGED).setMessage("NaN at step 12").setStep(12).build(), error);
        assertEquals(
                Run.State.PAUSED,
                FailureCategories.stopIn(new ExecutionException(new RunStopped(Run.State.PAUSED))).orElseThrow().target());
    }

    @Test
    void aDefectIsToldInOneLine() {
        assertEquals("IllegalStateException: first", FailureCategories.of(new IllegalStateException("first\nsecond")).getMessage());
        assertEquals("NullPointerException: no message", FailureCategories.of(new NullPointerException("")).getMessage());
    }

    private static void assertCategory(Category category, boolean retryable, Throwable thrown) {
        RunError error = FailureCategories.of(thrown);
        assertEquals(category, error.getCategory(), thrown.toString());
        assertEquals(retryable, error.getRetryable(), thrown.toString());
    }
}
