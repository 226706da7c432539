package dev.engram.local.report;

import dev.engram.v1.BatchGetImagesRequest;
import dev.engram.v1.Crop;
import dev.engram.v1.ImagePicture;
import dev.engram.local.demo.Services;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Pictures of single images as {@code <img>} elements that need no other file; each image is asked for once. */
final class Pictures {
    private static final int BATCH = 256;

    private final Services services;
    private final String dataset;
    private final Map<Long, ImagePicture> whole = new HashMap<>();
    private final List<String> classes;

    Pictures(Services services, String dataset, List<String> classes) {
        this.services = services;
        this.dataset = dataset;
        this.classes = List.copyOf(classes);
    }

    void load(List<Long> imageIds) {
        List<Long> missing = imageIds.stream().distinct().filter(id -> !whole.containsKey(id)).toList();
        for (int start = 0; start < missing.size(); start += BATCH) {
            fetch(missing.subList(start, Math.min(missing.size(), start + BATCH)), null)
                    .forEach(picture -> whole.put(picture.getImageId(), picture));
        }
    }

    String image(long imageId) {
        load(List.of(imageId));
        return element(whole.get(imageId), "");
    }

    String crop(long imageId, Crop crop) {
        return element(fetch(List.of(imageId), crop).getFirst(), " class=\"crop\"");
    }

    String className(int label) {
        return Html.escape(label < classes.size() ? classes.get(label) : Integer.toString(label));
    }

    private List<ImagePicture> fetch(List<Long> imageIds, Crop crop) {
        BatchGetImagesRequest.Builder request = BatchGetImagesRequest.newBuilder().setDataset(dataset).addAllImageIds(imageIds);
        if (crop != null) {
            request.setCrop(crop);
        }
        return services.datasets().batchGetImages(request.build()).getImagesList();
    }

    private String element(ImagePicture picture, String attributes) {
        String caption = className(picture.getLabel()) + ", image " + picture.getImageId();
        return "<img" + attributes + " alt=\"" + caption + "\" title=\"" + caption + "\" src=\"data:image/png;base64,"
                + Base64.getEncoder().encodeToString(picture.getPng().toByteArray()) + "\">";
    }
}
