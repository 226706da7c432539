package dev.engram.runs.worker;

import dev.engram.runs.OtherVersionException;
import dev.engram.runs.RunFailure;
import dev.engram.runs.RunStopped;
import dev.engram.store.ConflictException;
import dev.engram.store.DataLossException;
import dev.engram.store.LocalFiles;
import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.StoreException;
import dev.engram.store.StoreFullException;
import dev.engram.store.StoreRefusedException;
import dev.engram.store.StoreUnavailableException;
import dev.engram.v1.RunError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/** What whatever a task throws means for its run. Looks through wrappers: tasks compute on thread pools. */
final class FailureCategories {
    private static final int DEEPEST_CAUSE = 20;

    /** How libtorch and the C++ library say that memory is gone. */
    private static final List<String> NO_MEMORY = List.of("can't allocate memory", "not enough memory", "std::bad_alloc", "cannot allocate memory", "cuda out of memory");

    private FailureCategories() {}

    /** The request to stop that ended the task, if one did. */
    static Optional<RunStopped> stopIn(Throwable thrown) {
        return causes(thrown).filter(RunStopped.class::isInstance).map(RunStopped.class::cast).findFirst();
    }

    static RunError of(Throwable thrown) {
        return causes(thrown).map(FailureCategories::known).flatMap(Optional::stream).findFirst().orElseGet(() -> defect(thrown)).toRunError();
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause).limit(DEEPEST_CAUSE);
    }

    private static Optional<RunFailure> known(Throwable thrown) {
        return Optional.ofNullable(switch (thrown) {
            case RunFailure failure -> failure;
            case OtherVersionException other -> RunFailure.otherVersion(other);
            case StoreException failure -> ofStore(failure);
            case OutOfMemoryError e -> RunFailure.resourceExhausted("out of memory: " + e.getMessage(), e);
            case IOException e when LocalFiles.isFull(String.valueOf(e.getMessage())) ->
                    RunFailure.resourceExhausted("the disk is full: " + e.getMessage(), e);
            case Throwable e when saysNoMemory(e) -> RunFailure.resourceExhausted("out of native memory: " + firstLine(e), e);
            default -> null;
        });
    }

    private static RunFailure ofStore(StoreException failure) {
        String message = failure.getMessage();
        return switch (failure) {
            case DataLossException e -> RunFailure.dataLoss(message);
            case ObjectNotFoundException e -> RunFailure.dataLoss(message);
            case StoreFullException e -> RunFailure.resourceExhausted(message, e);
            case StoreUnavailableException e -> RunFailure.unavailable(message, e);
            case StoreRefusedException e -> RunFailure.unavailable(message, e);
            case ConflictException e -> new RunFailure(RunError.Category.INTERNAL, message, 0, false, e);
        };
    }

    private static boolean saysNoMemory(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
        return NO_MEMORY.stream().anyMatch(message::contains);
    }

    /** Retryable, as a later version may have mended it; never retried by itself. */
    private static RunFailure defect(Throwable wrapped) {
        Throwable thrown = unwrap(wrapped);
        return new RunFailure(RunError.Category.INTERNAL, thrown.getClass().getSimpleName() + ": " + firstLine(thrown), 0, true, thrown);
    }

    private static Throwable unwrap(Throwable thrown) {
        boolean wrapper = thrown instanceof ExecutionException || thrown instanceof CompletionException || thrown instanceof UncheckedIOException;
        return wrapper && thrown.getCause() != null ? unwrap(thrown.getCause()) : thrown;
    }

    private static String firstLine(Throwable thrown) {
        return String.valueOf(thrown.getMessage()).lines().findFirst().orElse("no message");
    }
}
