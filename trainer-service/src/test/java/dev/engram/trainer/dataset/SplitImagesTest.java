package dev.engram.trainer.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.engram.encoders.data.ImageSetFile;
import dev.engram.encoders.data.Split;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.RunSpecs;
import dev.engram.runs.RunStateException;
import dev.engram.store.catalogue.NewRun;
import dev.engram.testing.LaptopStore;
import dev.engram.testing.PastRuns;
import dev.engram.trainer.ResultFiles;
import dev.engram.v1.CreateSplitSpec;
import dev.engram.v1.ImageEntry;
import dev.engram.v1.ListNearDuplicatesRequest;
import dev.engram.v1.ListNearDuplicatesResponse;
import dev.engram.v1.ListSplitImagesRequest;
import dev.engram.v1.ListSplitImagesResponse;
import dev.engram.v1.NearDuplicatePair;
import dev.engram.v1.RegisterDatasetSpec;
import dev.engram.v1.RunSpec;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The split of {@link SplitPlacesTest}, asked for page by page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SplitImagesTest {
    private static final RunSpec SPLIT =
            RunSpec.newBuilder().setCreateSplit(CreateSplitSpec.newBuilder().setDataset("datasets/d")).build();

    @TempDir
    static Path folder;

    private LaptopStore store;
    private SplitImages images;

    @BeforeAll
    void start() throws Exception {
        store = new LaptopStore(folder.resolve("store"));
        Path dataset = Files.createDirectories(folder.resolve("dataset"));
        ImageSetFile.write(SplitPlacesTest.IMAGES, dataset.resolve(ImageSetFile.FILE_NAME));
        Path split = Files.createDirectories(folder.resolve("split"));
        Files.write(split.resolve(Split.FILE_NAME), SplitPlacesTest.SPLIT.toJson());
        Files.writeString(split.resolve(DuplicatesReport.FILE_NAME), SplitPlacesTest.DUPLICATES);
        Files.writeString(split.resolve(NearDuplicateSearch.FILE_NAME), SplitPlacesTest.NEAR);
        PastRuns past = new PastRuns(store.store());
        past.made("datasets/d", RunSpec.newBuilder().setRegisterDataset(RegisterDatasetSpec.getDefaultInstance()).build(), Map.of("dataset", dataset));
        past.made("splits/s", SPLIT, Map.of("split", split));
        store.store().catalogue().runs().create(new NewRun("later", Optional.empty(), "create_split", RunSpecs.toJson(SPLIT), List.of()));
        images = new SplitImages(store.store(), new PictureService(store.store(), new ResultFiles(store.store())));
    }

    @AfterAll
    void stop() throws Exception {
        store.close();
    }

    @Test
    void aPartIsListedInPages() {
        ListSplitImagesRequest request = ListSplitImagesRequest.newBuilder().setSplit("splits/s").setPart("duplicate").setPageSize(2).build();
        ListSplitImagesResponse first = images.images(request);
        assertEquals(List.of(105L, 106L), ids(first));
        assertEquals(3, first.getTotal());
        assertEquals("datasets/d", first.getDataset());
        assertEquals(2, first.getClassesCount());
        ListSplitImagesResponse second = images.images(request.toBuilder().setPageToken(first.getNextPageToken()).build());
        assertEquals(List.of(107L), ids(second));
        assertEquals("", second.getNextPageToken());
        assertEquals(List.of(106L), ids(images.images(request.toBuilder().setLabel(0).build())));
        assertEquals(List.of(101L), ids(images.images(ListSplitImagesRequest.newBuilder().setSplit("splits/s").build())), "candidates");
    }

    @Test
    void nearDuplicatesAreListedNearestFirst() {
        ListNearDuplicatesRequest request = ListNearDuplicatesRequest.newBuilder().setSplit("splits/s").setPageSize(2).build();
        ListNearDuplicatesResponse first = images.nearDuplicates(request);
        assertEquals(List.of(104L, 103L), first.getPairsList().stream().map(NearDuplicatePair::getImageId).toList());
        assertEquals(3, first.getTotal());
        ListNearDuplicatesResponse second = images.nearDuplicates(request.toBuilder().setPageToken(first.getNextPageToken()).build());
        assertEquals(List.of(108L), second.getPairsList().stream().map(NearDuplicatePair::getTrainingId).toList());
        assertEquals("", second.getNextPageToken());
    }

    @Test
    void whatCannotBeListedIsSaidByItsField() {
        assertEquals(List.of("split", "part", "page_size", "page_token"), wrong(ListSplitImagesRequest.newBuilder()
                .setSplit("datasets/d").setPart("secret").setPageSize(300).setPageToken("candidate:@1")));
        assertEquals(List.of("label"), wrong(ListSplitImagesRequest.newBuilder().setSplit("splits/s").setLabel(2)));
        assertThrows(RunStateException.class, () -> images.images(ListSplitImagesRequest.newBuilder().setSplit("splits/later").build()));
    }

    private List<String> wrong(ListSplitImagesRequest.Builder request) {
        return assertThrows(InvalidRunException.class, () -> images.images(request.build())).violations().getFieldViolationsList().stream()
                .map(violation -> violation.getField())
                .toList();
    }

    private static List<Long> ids(ListSplitImagesResponse page) {
        return page.getImagesList().stream().map(ImageEntry::getImageId).toList();
    }
}
