package dev.engram.local.demo;

import dev.engram.v1.CreateDatasetRequest;
import dev.engram.v1.CreateDejaVuRequest;
import dev.engram.v1.CreateLayerMemRequest;
import dev.engram.v1.CreatePairRequest;
import dev.engram.v1.CreateProbeRequest;
import dev.engram.v1.CreateSplitRequest;
import dev.engram.v1.CreateUnitMemRequest;
import dev.engram.v1.ListRecipesRequest;
import dev.engram.v1.NamedRecipe;
import java.util.List;

/**
 * The runs of a demo, in the order in which they are best executed.
 *
 * @param pair {@code pairs/{id}}
 */
public record DemoRuns(
        String pair, String dataset, String split, String candidate, String reference, String probe, String layerMem, String unitMem, String dejaVu) {

    /** Submits everything at once; runs that exist already are left as they are, for every request carries its id. */
    public static DemoRuns submit(Services services, DemoPlan plan) {
        String dataset = services.datasets()
                .createDataset(CreateDatasetRequest.newBuilder()
                        .setDatasetId(plan.datasetId())
                        .setSpec(plan.dataset())
                        .setRequestId("demo-" + plan.datasetId())
                        .build())
                .getRun();
        NamedRecipe recipe = recipe(services, plan.recipe());
        String split = services.datasets()
                .createSplit(CreateSplitRequest.newBuilder()
                        .setSplitId(plan.id())
                        .setSpec(recipe.getSplit().toBuilder().setDataset("datasets/" + plan.datasetId()))
                        .setRequestId(plan.id() + "-split")
                        .build())
                .getRun();
        String pair = services.trainer()
                .createPair(CreatePairRequest.newBuilder()
                        .setPairId(plan.id())
                        .setSplit("splits/" + plan.id())
                        .setRecipe(recipe.getRecipe())
                        .setRequestId(plan.id() + "-pair")
                        .build())
                .getName();
        String probe = services.trainer()
                .createProbe(CreateProbeRequest.newBuilder()
                        .setRunId(plan.id() + "-probe")
                        .setSpec(plan.probe().toBuilder().setPair(pair))
                        .setRequestId(plan.id() + "-probe")
                        .build())
                .getRun();
        String layerMem = services.metrics()
                .createLayerMem(CreateLayerMemRequest.newBuilder()
                        .setRunId(plan.id() + "-layermem")
                        .setSpec(plan.layerMem().toBuilder().setPair(pair))
                        .setRequestId(plan.id() + "-layermem")
                        .build())
                .getRun();
        String unitMem = services.metrics()
                .createUnitMem(CreateUnitMemRequest.newBuilder()
                        .setRunId(plan.id() + "-unitmem")
                        .setSpec(plan.unitMem().toBuilder().setPair(pair))
                        .setRequestId(plan.id() + "-unitmem")
                        .build())
                .getRun();
        String dejaVu = services.attack()
                .createDejaVu(CreateDejaVuRequest.newBuilder()
                        .setRunId(plan.id() + "-dejavu")
                        .setSpec(plan.dejaVu().toBuilder().setPair(pair))
                        .setRequestId(plan.id() + "-dejavu")
                        .build())
                .getRun();
        return new DemoRuns(pair, dataset, split, "runs/" + plan.id() + "-f", "runs/" + plan.id() + "-g", probe, layerMem, unitMem, dejaVu);
    }

    public List<Stage> stages() {
        return List.of(
                new Stage("register data set", dataset),
                new Stage("make split", split),
                new Stage("train f", candidate),
                new Stage("train g", reference),
                new Stage("probe", probe),
                new Stage("LayerMem", layerMem),
                new Stage("UnitMem", unitMem),
                new Stage("déjà vu", dejaVu));
    }

    private static NamedRecipe recipe(Services services, String id) {
        return services.trainer().listRecipes(ListRecipesRequest.getDefaultInstance()).getRecipesList().stream()
                .filter(named -> named.getId().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the trainer service knows no recipe '" + id + "'"));
    }

    /**
     * One step of the demo as a person sees it.
     *
     * @param run {@code runs/{id}}
     */
    public record Stage(String title, String run) {}
}
