package dev.engram.local.checkpoint;

import dev.engram.v1.ArtifactServiceGrpc.ArtifactServiceBlockingStub;
import dev.engram.v1.CreateUploadRequest;
import dev.engram.v1.CreateUploadResponse;
import dev.engram.v1.ExportedEncoder;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes between this machine and the store, by the URLs that the services sign. */
public final class Transfer {
    private Transfer() {}

    /** Puts a file into the store and returns its name, {@code uploads/…}. */
    public static String upload(ArtifactServiceBlockingStub artifacts, Path file) throws IOException, InterruptedException {
        CreateUploadResponse upload = artifacts.createUpload(CreateUploadRequest.getDefaultInstance());
        if (Files.size(file) > upload.getMaxBytes()) {
            throw new IOException("%s has %,d bytes, more than the %,d of one upload; put it on a file system the workers see, or into a bucket"
                    .formatted(file, Files.size(file), upload.getMaxBytes()));
        }
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest put = HttpRequest.newBuilder(URI.create(upload.getUrl())).PUT(HttpRequest.BodyPublishers.ofFile(file)).build();
            HttpResponse<String> answer = http.send(put, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException("the store answered %d to the upload of %s".formatted(answer.statusCode(), file));
            }
        } catch (ConnectException away) {
            throw new IOException("the store at %s cannot be reached from here".formatted(URI.create(upload.getUrl()).getAuthority()), away);
        }
        return upload.getUpload();
    }

    /** Fetches an exported file; the target appears whole and verified, or not at all. */
    public static void download(ExportedEncoder exported, Path target) throws IOException, InterruptedException {
        Path part = target.resolveSibling(target.getFileName() + ".part");
        MessageDigest digest = sha256();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<InputStream> answer =
                    http.send(HttpRequest.newBuilder(URI.create(exported.getUrl())).build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = new DigestInputStream(answer.body(), digest)) {
                if (answer.statusCode() != 200) {
                    throw new IOException("the store answered %d to the download of %s".formatted(answer.statusCode(), exported.getFile()));
                }
                Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            }
            String found = HexFormat.of().formatHex(digest.digest());
            if (!found.equals(exported.getSha256())) {
                throw new IOException("what came of %s has SHA-256 %s, not %s".formatted(exported.getFile(), found, exported.getSha256()));
            }
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
