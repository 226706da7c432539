package dev.engram.store.service.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import dev.engram.runs.grpc.Answers;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.runs.grpc.StatusMapping;
import dev.engram.store.Store;
import dev.engram.store.Uploads;
import dev.engram.store.catalogue.ArtifactLink;
import dev.engram.store.catalogue.ArtifactRecord;
import dev.engram.store.catalogue.ArtifactTable;
import dev.engram.v1.Artifact;
import dev.engram.v1.ArtifactFile;
import dev.engram.v1.ArtifactService;
import dev.engram.v1.CreateDownloadUrlRequest;
import dev.engram.v1.CreateDownloadUrlResponse;
import dev.engram.v1.CreateUploadRequest;
import dev.engram.v1.CreateUploadResponse;
import dev.engram.v1.GetArtifactRequest;
import dev.engram.v1.ListArtifactsRequest;
import dev.engram.v1.ListArtifactsResponse;
import dev.engram.v1.ReadArtifactFileRequest;
import dev.engram.v1.ReadArtifactFileResponse;
import io.grpc.Status;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Artifacts and their small files; big ones are fetched straight from S3. */
@GrpcService
public class ArtifactGrpc implements ArtifactService {

    private static final int ARTIFACTS = 50;
    private static final int MOST = 1000;
    private static final int CHUNK_BYTES = 64 << 10;
    private static final long MOST_BYTES = 64L << 20;
    private static final Set<String> NOT_RESULTS = Set.of("checkpoint", "dataset", "resume-point");
    private static final Duration URL_VALIDITY = Duration.ofMinutes(10);
    private static final Duration UPLOAD_VALIDITY = Duration.ofHours(1);
    private static final Duration LONGEST_VALIDITY = Duration.ofDays(7);

    private final Store store;
    private final ArtifactTable artifacts;
    private final Uploads uploads;

    ArtifactGrpc(Store store) {
        this.store = store;
        this.artifacts = store.catalogue().artifacts();
        this.uploads = new Uploads(store.objects(), InstantSource.system());
    }

    @Override
    public Uni<Artifact> getArtifact(GetArtifactRequest request) {
        return Answers.by(() -> messages(List.of(artifacts.get(Names.artifact("name", request.getName())))).getFirst());
    }

    @Override
    public Uni<ListArtifactsResponse> listArtifacts(ListArtifactsRequest request) {
        return Answers.by(() -> artifacts(request));
    }

    private ListArtifactsResponse artifacts(ListArtifactsRequest request) {
        var violations = new FieldViolations();
        int size = Names.pageSize(violations, request.getPageSize(), ARTIFACTS, MOST);
        var kind = Optional.ofNullable(Conditions.parse(request.getFilter(), Set.of("kind"), violations).get("kind"));
        StatusMapping.requireValid(violations);
        var page = artifacts.list(kind, size, request.getPageToken());
        return ListArtifactsResponse.newBuilder()
                .addAllArtifacts(messages(page.items()))
                .setNextPageToken(page.nextPageToken().orElse(""))
                .build();
    }

    @Override
    public Multi<ReadArtifactFileResponse> readArtifactFile(ReadArtifactFileRequest request) {
        return Answers.stream(() -> chunks(request));
    }

    private Multi<ReadArtifactFileResponse> chunks(ReadArtifactFileRequest request) {
        var artifact = store.artifacts().open(Names.artifact("name", request.getName()));
        var file = artifact.manifest().file(request.getFile());
        if (NOT_RESULTS.contains(artifact.kind()) || file.size() > MOST_BYTES) {
            throw Status.FAILED_PRECONDITION
                    .withDescription(file.name() + " of this " + artifact.kind() + " (" + file.size() + " bytes) does not travel by gRPC; use CreateDownloadUrl")
                    .asRuntimeException();
        }
        byte[] bytes = artifact.bytes(file.name());
        int chunks = Math.max(1, Math.ceilDiv(bytes.length, CHUNK_BYTES));
        return Multi.createFrom().iterable(() -> IntStream.range(0, chunks).mapToObj(chunk -> chunk(bytes, chunk)).iterator());
    }

    private static ReadArtifactFileResponse chunk(byte[] bytes, int chunk) {
        int start = chunk * CHUNK_BYTES;
        return ReadArtifactFileResponse.newBuilder()
                .setData(ByteString.copyFrom(bytes, start, Math.min(CHUNK_BYTES, bytes.length - start)))
                .build();
    }

    @Override
    public Uni<CreateDownloadUrlResponse> createDownloadUrl(CreateDownloadUrlRequest request) {
        return Answers.by(() -> url(request));
    }

    private CreateDownloadUrlResponse url(CreateDownloadUrlRequest request) {
        Duration validity = request.hasTtl() ? Duration.ofMillis(Durations.toMillis(request.getTtl())) : URL_VALIDITY;
        requireValidity(validity);
        var file = store.artifacts().open(Names.artifact("name", request.getName())).manifest().file(request.getFile());
        Instant expiry = Instant.now().plus(validity);
        return CreateDownloadUrlResponse.newBuilder()
                .setUrl(store.objects().presignedGet(file.blob().key(), validity, Optional.of(file.name())).toString())
                .setExpireTime(RunMessages.timestamp(expiry))
                .build();
    }

    @Override
    public Uni<CreateUploadResponse> createUpload(CreateUploadRequest request) {
        return Answers.by(() -> upload(request));
    }

    private CreateUploadResponse upload(CreateUploadRequest request) {
        Duration validity = request.hasTtl() ? Duration.ofMillis(Durations.toMillis(request.getTtl())) : UPLOAD_VALIDITY;
        requireValidity(validity);
        Uploads.Ticket ticket = uploads.create(validity);
        return CreateUploadResponse.newBuilder()
                .setUpload(ticket.name())
                .setUrl(ticket.url().toString())
                .setExpireTime(RunMessages.timestamp(ticket.expiry()))
                .setMaxBytes(Uploads.MAX_BYTES)
                .build();
    }

    private static void requireValidity(Duration validity) {
        var violations = new FieldViolations();
        violations.require(validity.toSeconds() >= 1 && validity.compareTo(LONGEST_VALIDITY) <= 0, "ttl", "must be 1 second to 7 days, is " + validity);
        StatusMapping.requireValid(violations);
    }

    /** Cost: three queries, and nothing of the object store: a list is there while that is away, or one of its manifests is damaged. */
    private List<Artifact> messages(List<ArtifactRecord> rows) {
        var ids = rows.stream().map(ArtifactRecord::id).toList();
        var files = artifacts.files(ids);
        var producers = runs(artifacts.producers(ids));
        var consumers = runs(artifacts.consumers(ids));
        return rows.stream()
                .map(row -> Artifact.newBuilder()
                        .setName("artifacts/" + row.id())
                        .setKind(row.kind())
                        .addAllFiles(files.getOrDefault(row.id(), List.of()).stream().map(ArtifactGrpc::message).toList())
                        .setSize(row.size())
                        .setCreateTime(RunMessages.timestamp(row.createdAt()))
                        .addAllProducers(producers.getOrDefault(row.id(), Set.of()))
                        .addAllConsumers(consumers.getOrDefault(row.id(), Set.of()))
                        .build())
                .toList();
    }

    private static ArtifactFile message(dev.engram.store.artifact.ArtifactFile file) {
        return ArtifactFile.newBuilder()
                .setName(file.name())
                .setSize(file.size())
                .setSha256(file.sha256())
                .setMediaType(file.mediaType())
                .build();
    }

    /** Names of the runs of each artifact. */
    private static Map<String, Set<String>> runs(List<ArtifactLink> links) {
        return links.stream().collect(Collectors.groupingBy(ArtifactLink::artifactId, Collectors.mapping(link -> "runs/" + link.runId(), Collectors.toCollection(LinkedHashSet::new))));
    }
}
