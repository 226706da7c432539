package dev.engram.trainer;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a person wants to know of an artifact, as canonical JSON of a message beside its data. */
public final class SummaryFile {
    /** Beside a data set or a split. */
    public static final String NAME = "summary.json";
    /** Of a measure. */
    public static final String RESULT = "result.json";

    private SummaryFile() {}

    /** Writes {@code message} as {@link #NAME} into {@code directory}; the same message is always the same bytes. */
    public static Path write(Message message, Path directory) throws IOException {
        return write(message, directory, NAME);
    }

    /** As {@link #write(Message, Path)} under another name. */
    public static Path write(Message message, Path directory, String name) throws IOException {
        String json = JsonFormat.printer().alwaysPrintFieldsWithNoPresence().sortingMapKeys().print(message);
        return Files.writeString(directory.resolve(name), json + "\n");
    }

    /**
     * Reads what {@link #write} wrote into {@code into}, and returns it.
     *
     * @throws InvalidProtocolBufferException if it is something else
     */
    public static <B extends Message.Builder> B read(String json, B into) throws InvalidProtocolBufferException {
        JsonFormat.parser().ignoringUnknownFields().merge(json, into);
        return into;
    }
}
