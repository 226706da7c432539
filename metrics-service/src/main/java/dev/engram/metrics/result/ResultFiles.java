package dev.engram.metrics.result;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import dev.engram.metrics.layermem.SslMemTable;
import dev.engram.metrics.task.ImageTable;
import dev.engram.metrics.task.ResultJson;
import dev.engram.metrics.task.UnitRow;
import dev.engram.metrics.task.UnitTable;
import dev.engram.store.DataLossException;
import dev.engram.store.artifact.RecentlyRead;
import dev.engram.v1.LayerMemResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the files of result artifacts. Every method throws {@link dev.engram.store.DataLossException} with the file's name if it is gone or damaged, and
 * {@link dev.engram.runs.OtherVersionException} if it is whole and cannot be read.
 * Thread-safe; keeps what was read last, because artifacts never change.
 */
final class ResultFiles {
    private static final int KEPT = 8;
    private static final int KEPT_TABLES = 3;

    private final ResultArtifacts artifacts;
    private final RecentlyRead<List<UnitRow>> units = new RecentlyRead<>(KEPT);
    private final RecentlyRead<LayerImages> images = new RecentlyRead<>(KEPT);
    private final RecentlyRead<SslMemTable> tables = new RecentlyRead<>(KEPT_TABLES);

    ResultFiles(ResultArtifacts artifacts) {
        this.artifacts = artifacts;
    }

    /** A result's message, into {@code builder}. */
    <B extends Message.Builder> B message(String artifact, B builder) {
        try {
            return ResultJson.read(text(artifact, ResultJson.FILE_NAME), builder);
        } catch (InvalidProtocolBufferException e) {
            throw artifacts.otherVersion(artifact, e);
        }
    }

    /** Every unit of a UnitMem, in forward order. */
    List<UnitRow> units(String artifact) {
        return units.get(artifact, id -> {
            try {
                return UnitTable.read(text(id, UnitTable.FILE_NAME));
            } catch (IllegalArgumentException e) {
                throw artifacts.otherVersion(id, e);
            }
        });
    }

    /** The images of a LayerMem at one layer. */
    LayerImages images(String artifact, String layer) {
        return images.get(
                artifact + "/" + layer,
                _ -> new LayerImages(layer, table(artifact, file -> ImageTable.read(file, layer))));
    }

    /** The images of a LayerMem at every layer. Memory: 16 bytes an image and layer. */
    SslMemTable table(String artifact) {
        return tables.get(artifact, id -> {
            LayerMemResult result = message(id, LayerMemResult.newBuilder()).build();
            return table(id, file -> ImageTable.read(file, result));
        });
    }

    private <T> T table(String artifact, TableReader<T> reader) {
        try {
            return reader.read(artifacts.open(artifact).file(ImageTable.FILE_NAME));
        } catch (IllegalArgumentException e) {
            throw artifacts.otherVersion(artifact, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text(String artifact, String file) {
        return new String(artifacts.open(artifact).bytes(file), StandardCharsets.UTF_8);
    }

    @FunctionalInterface
    private interface TableReader<T> {
        T read(Path file) throws IOException;
    }
}
