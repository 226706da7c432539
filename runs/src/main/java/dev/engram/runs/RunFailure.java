package dev.engram.runs;

import dev.engram.v1.RunError;
import java.util.Objects;

/** Ends a run as FAILED with a category and one sentence for a person. */
public final class RunFailure extends RuntimeException {
    private final RunError.Category category;
    private final long step;
    private final boolean retryable;

    /**
     * @param category what kind of failure
     * @param message one sentence naming the field, file or object it is about
     * @param step optimizer step at which training failed; 0 if it does not apply
     * @param retryable whether resuming the run can help
     */
    public RunFailure(RunError.Category category, String message, long step, boolean retryable) {
        this(category, message, step, retryable, null);
    }

    public RunFailure(RunError.Category category, String message, long step, boolean retryable, Throwable cause) {
        super(Objects.requireNonNull(message, "message"), cause);
        this.category = Objects.requireNonNull(category, "category");
        this.step = step;
        this.retryable = retryable;
    }

    /** The spec cannot be executed, which only shows now that its inputs are there. */
    public static RunFailure invalidSpec(String message) {
        return new RunFailure(RunError.Category.INVALID_SPEC, message, 0, false);
    }

    /** Stored bytes are missing, damaged or not what they claim to be; the message names the object or file. */
    public static RunFailure dataLoss(String message) {
        return new RunFailure(RunError.Category.DATA_LOSS, message, 0, false);
    }

    /** Loss or weights became NaN or infinite. Resuming would repeat it: every step is deterministic. */
    public static RunFailure diverged(long step, String message) {
        return new RunFailure(RunError.Category.DIVERGED, message, step, false);
    }

    /** Memory or disk ran out; can be resumed once there is more. */
    public static RunFailure resourceExhausted(String message, Throwable cause) {
        return new RunFailure(RunError.Category.RESOURCE_EXHAUSTED, message, 0, true, cause);
    }

    /** An input or a resume point is another version's. Never helped by trying again, unless with that version. */
    public static RunFailure otherVersion(OtherVersionException cause) {
        return new RunFailure(RunError.Category.OTHER_VERSION, cause.getMessage(), 0, true, cause);
    }

    /** Store or catalogue could not be reached for longer than the worker waits. */
    public static RunFailure unavailable(String message, Throwable cause) {
        return new RunFailure(RunError.Category.UNAVAILABLE, message, 0, true, cause);
    }

    public RunError.Category category() {
        return category;
    }

    public long step() {
        return step;
    }

    public boolean retryable() {
        return retryable;
    }

    /** The failure as it is stored with the run. */
    public RunError toRunError() {
        return RunError.newBuilder()
                .setCategory(category)
                .setMessage(getMessage())
                .setRetryable(retryable)
                .setStep(step)
                .build();
    }
}
