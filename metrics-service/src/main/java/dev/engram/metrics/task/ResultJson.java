package dev.engram.metrics.task;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file of a result artifact that holds its message as canonical JSON. */
public final class ResultJson {
    public static final String FILE_NAME = "result.json";

    private ResultJson() {}

    /** Writes {@code message} into {@code directory}; equal messages are equal bytes. */
    public static Path write(Message message, Path directory) throws IOException {
        String json = JsonFormat.printer()
                .alwaysPrintFieldsWithNoPresence()
                .sortingMapKeys()
                .print(message);
        return Files.writeString(directory.resolve(FILE_NAME), json + "\n");
    }

    /**
     * Fills {@code builder} from what {@link #write} wrote, and returns it.
     *
     * @throws InvalidProtocolBufferException if it is something else
     */
    public static <B extends Message.Builder> B read(String json, B builder) throws InvalidProtocolBufferException {
        JsonFormat.parser().ignoringUnknownFields().merge(json, builder);
        return builder;
    }
}
