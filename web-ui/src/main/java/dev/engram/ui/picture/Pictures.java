package dev.engram.ui.picture;

import com.google.protobuf.ByteString;
import dev.engram.ui.rpc.Services;
import dev.engram.v1.BatchGetImagesRequest;
import dev.engram.v1.BatchGetImagesResponse;
import dev.engram.v1.Crop;
import dev.engram.v1.ImagePicture;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Pictures that were shown lately, at most 32 MiB of them. A gallery asks for all its pictures in batches first; the browser
 * then fetches each by its own URL from here.
 */
@ApplicationScoped
public class Pictures {
  private static final int BATCH = 256;
  private static final long CAPACITY = 32L << 20;

  private final Services services;
  private final LinkedHashMap<PictureKey, ImagePicture> kept = new LinkedHashMap<>(64, 0.75f, true);
  private long bytes;

  @Inject
  public Pictures(Services services) {
    this.services = services;
  }

  /**
   * Fetches pictures of one data set in batches of 256, those that are kept excepted.
   *
   * @return the pictures by image id
   */
  public Uni<Map<Long, ImagePicture>> fetch(String dataset, Collection<Long> images, Crop crop) {
    Map<Long, ImagePicture> found = new LinkedHashMap<>();
    List<Long> missing = new ArrayList<>();
    for (long image : images) {
      ImagePicture picture = get(new PictureKey(dataset, image, crop));
      if (picture != null) {
        found.put(image, picture);
      } else if (!missing.contains(image)) {
        missing.add(image);
      }
    }
    List<List<Long>> batches = new ArrayList<>();
    for (int from = 0; from < missing.size(); from += BATCH) {
      batches.add(missing.subList(from, Math.min(missing.size(), from + BATCH)));
    }
    return Multi.createFrom().iterable(batches).onItem().transformToUniAndConcatenate(batch -> ask(dataset, batch, crop))
        .onItem().invoke(answer -> answer.getImagesList().forEach(picture -> {
          found.put(picture.getImageId(), picture);
          keep(new PictureKey(dataset, picture.getImageId(), crop), picture);
        }))
        .collect().last().replaceWith(found);
  }

  private Uni<BatchGetImagesResponse> ask(String dataset, List<Long> images, Crop crop) {
    BatchGetImagesRequest.Builder request = BatchGetImagesRequest.newBuilder().setDataset(dataset).addAllImageIds(images);
    if (crop.getKindCase() != Crop.KindCase.KIND_NOT_SET) {
      request.setCrop(crop);
    }
    return services.datasets().batchGetImages(request.build());
  }

  private synchronized ImagePicture get(PictureKey key) {
    return kept.get(key);
  }

  private synchronized void keep(PictureKey key, ImagePicture picture) {
    ImagePicture before = kept.put(key, picture);
    bytes += size(picture.getPng()) - (before == null ? 0 : size(before.getPng()));
    var oldest = kept.entrySet().iterator();
    while (bytes > CAPACITY && oldest.hasNext()) {
      bytes -= size(oldest.next().getValue().getPng());
      oldest.remove();
    }
  }

  private static long size(ByteString png) {
    return png.size() + 200L;
  }
}
