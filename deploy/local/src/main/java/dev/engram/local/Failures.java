package dev.engram.local;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** Says in one sentence, without a stack trace, what went wrong. */
final class Failures {
    private Failures() {}

    static String sentence(Throwable failure) {
        return switch (failure) {
            case StatusRuntimeException status -> sentence(status.getStatus());
            case StatusException status -> sentence(status.getStatus());
            case AccessDeniedException denied -> "no permission for " + denied.getMessage();
            case NoSuchFileException missing -> missing.getFile() + " is not there and cannot be made";
            case FileAlreadyExistsException file -> file.getFile() + " is in the way";
            case FileSystemException file -> file.getFile() + ": " + (file.getReason() == null ? "cannot be used" : file.getReason());
            case IOException io when io.getMessage() == null -> "input or output failed";
            case Throwable other when other.getMessage() == null -> other.toString();
            case Throwable other -> other.getMessage();
        };
    }

    private static String sentence(Status status) {
        String description = status.getDescription();
        return description == null ? "a service answered " + status.getCode() : description;
    }
}
