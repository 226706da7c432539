package dev.engram.trainer.dataset;

import dev.engram.encoders.data.ChannelMoments;
import dev.engram.encoders.data.Duplicates;
import dev.engram.encoders.data.ImageSet;
import dev.engram.v1.DatasetSummary;
import dev.engram.v1.RepeatedImages;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What a person wants to know of a packed data set. */
final class DatasetSummaries {
    private DatasetSummaries() {}

    static DatasetSummary.Builder of(ImageSet set, ChannelMoments moments, Duplicates duplicates) {
        boolean boxes = true;
        for (int i = 0; i < set.size() && boxes; i++) {
            boxes = !set.boxes(i).isEmpty();
        }
        Map<Integer, Long> repeats = IntStream.range(0, set.size())
                .boxed()
                .collect(Collectors.groupingBy(set::repeatCount, TreeMap::new, Collectors.counting()));
        DatasetSummary.Builder summary = DatasetSummary.newBuilder()
                .setImages(set.size())
                .setChannels(set.shape().channels())
                .setHeight(set.shape().height())
                .setWidth(set.shape().width())
                .addAllClassNames(set.classNames())
                .setDigest(set.digest())
                .setBoxes(boxes)
                .setDuplicateGroups(duplicates.groups().size())
                .setDuplicateGroupsAcrossLabels(duplicates.groups().stream().filter(Duplicates.Group::labelsDiffer).count())
                .setPixelBytes((long) set.size() * set.shape().bytes())
                .setShards(set.shards())
                .addAllChannelMeans(moments.means())
                .addAllChannelDeviations(moments.deviations());
        if (set.hasRepeats()) {
            repeats.forEach((count, images) ->
                    summary.addRepeats(RepeatedImages.newBuilder().setRepeatCount(count).setImages(images)));
        }
        return summary;
    }
}
