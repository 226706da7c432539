package dev.engram.local.demo;

import dev.engram.v1.AttackedImage;
import dev.engram.v1.Dataset;
import dev.engram.v1.DejaVuResult;
import dev.engram.v1.GetDatasetRequest;
import dev.engram.v1.GetDejaVuResultRequest;
import dev.engram.v1.GetLayerMemResultRequest;
import dev.engram.v1.GetPairRequest;
import dev.engram.v1.GetProbeResultRequest;
import dev.engram.v1.GetSplitRequest;
import dev.engram.v1.GetUnitMemResultRequest;
import dev.engram.v1.LayerMemResult;
import dev.engram.v1.ListAttackedImagesRequest;
import dev.engram.v1.ListUnitsRequest;
import dev.engram.v1.Pair;
import dev.engram.v1.ProbeResult;
import dev.engram.v1.Split;
import dev.engram.v1.Unit;
import dev.engram.v1.UnitMemResult;
import java.util.List;
import java.util.SequencedMap;

/**
 * Everything a demo found, as the services tell it.
 *
 * @param topUnits units of the last layer that was measured, highest UnitMem first
 * @param memorized attacked images the encoder that saw them names and the other does not, most convincing first
 * @param seconds by stage, first start to end
 */
public record DemoResult(
        Dataset dataset,
        Split split,
        Pair pair,
        LayerMemResult layerMem,
        UnitMemResult unitMem,
        ProbeResult probe,
        DejaVuResult dejaVu,
        List<Unit> topUnits,
        List<AttackedImage> memorized,
        SequencedMap<String, Double> seconds) {

    private static final int GALLERY = 12;

    public static DemoResult fetch(Services services, DemoRuns runs, SequencedMap<String, Double> seconds) {
        Pair pair = services.trainer().getPair(GetPairRequest.newBuilder().setName(runs.pair()).build());
        UnitMemResult unitMem =
                services.metrics().getUnitMemResult(GetUnitMemResultRequest.newBuilder().setRun(runs.unitMem()).build());
        String lastLayer = unitMem.getLayers(unitMem.getLayersCount() - 1).getLayer();
        return new DemoResult(
                services.datasets().getDataset(GetDatasetRequest.newBuilder().setName(pair.getDataset()).build()),
                services.datasets().getSplit(GetSplitRequest.newBuilder().setName(pair.getSplit()).build()),
                pair,
                services.metrics().getLayerMemResult(GetLayerMemResultRequest.newBuilder().setRun(runs.layerMem()).build()),
                unitMem,
                services.trainer().getProbeResult(GetProbeResultRequest.newBuilder().setRun(runs.probe()).build()),
                services.attack().getDejaVuResult(GetDejaVuResultRequest.newBuilder().setRun(runs.dejaVu()).build()),
                services.metrics()
                        .listUnits(ListUnitsRequest.newBuilder()
                                .setRun(runs.unitMem())
                                .setLayer(lastLayer)
                                .setPageSize(GALLERY)
                                .build())
                        .getUnitsList(),
                services.attack()
                        .listAttackedImages(ListAttackedImagesRequest.newBuilder()
                                .setRun(runs.dejaVu())
                                .setCell("memorized")
                                .setPageSize(GALLERY)
                                .build())
                        .getImagesList(),
                seconds);
    }
}
