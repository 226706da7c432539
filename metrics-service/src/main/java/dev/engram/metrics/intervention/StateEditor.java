package dev.engram.metrics.intervention;

import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.edit.ChosenUnits;
import dev.engram.encoders.edit.EditableLayer;
import dev.engram.encoders.edit.ExchangePart;
import dev.engram.encoders.edit.LayerExchange;
import dev.engram.encoders.edit.LayerScope;
import dev.engram.encoders.edit.Pruning;
import dev.engram.encoders.edit.UnitRestore;
import dev.engram.encoders.train.TrainedEncoder;
import dev.engram.runs.RunContext;
import dev.engram.runs.RunFailure;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.ExchangeLayers;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.RestoreUnit;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Does what an edit's spec says to a copy of an encoder's state.
 *
 * @param source the encoder as it is
 */
record StateEditor(RunContext run, TrainedEncoder source) {

    /** Changes {@code state} in place and says what was changed. */
    EditRecord apply(EditEncoderSpec spec, StateDict state) throws IOException {
        return switch (spec.getEditCase()) {
            case PRUNE -> prune(spec, state);
            case EXCHANGE -> exchange(spec.getExchange(), state);
            case RESTORE -> restore(spec.getRestore(), state);
            case EDIT_NOT_SET -> throw RunFailure.invalidSpec("spec.edit: is required");
        };
    }

    private EditRecord prune(EditEncoderSpec spec, StateDict state) throws IOException {
        PruneUnits prune = spec.getPrune();
        List<EditableLayer> layers = EncoderInputs.layers(source, prune.getLayersList(), "spec.prune.layers");
        ChosenUnits chosen = switch (prune.getBy()) {
            case RANDOM -> ChosenUnits.atRandom(layers, prune.getSeed(), prune.getShare(), EditRules.pool(prune.getPool()));
            case HIGHEST, LOWEST -> byScore(spec.getSource(), prune, layers);
            case OWNED -> owned(spec.getSource(), prune, layers);
            case RANDOM_AS_OWNED -> owned(spec.getSource(), prune, layers).othersAtRandom(prune.getSeed());
            case BY_UNSPECIFIED, UNRECOGNIZED -> throw RunFailure.invalidSpec("spec.prune.by: is required");
        };
        Pruning.apply(state, chosen);
        return EditRecord.pruned(source, chosen);
    }

    private ChosenUnits byScore(String encoder, PruneUnits prune, List<EditableLayer> layers) throws IOException {
        Map<String, double[]> scores = UnitScores.read(
                run, prune.getUnitMem(), "spec.prune.unit_mem", encoder, layers, prune.getBeforeActivation());
        try {
            return ChosenUnits.byScore(
                    layers, scores, prune.getBy() == PruneUnits.By.HIGHEST, prune.getShare(), EditRules.pool(prune.getPool()));
        } catch (IllegalArgumentException e) {
            throw RunFailure.invalidSpec("spec.prune.unit_mem: %s: %s".formatted(prune.getUnitMem(), e.getMessage()));
        }
    }

    private ChosenUnits owned(String encoder, PruneUnits prune, List<EditableLayer> layers) throws IOException {
        OwnedUnits owned = OwnedUnits.of(
                UnitScores.rows(run, prune.getUnitMem(), "spec.prune.unit_mem", encoder),
                layers,
                new OwnedUnits.Wanted(
                        Set.copyOf(prune.getImagesList()), prune.getLeastUnitMem(), prune.getMostUnits(), prune.getBeforeActivation()));
        if (owned.units().isEmpty()) {
            throw RunFailure.invalidSpec("spec.prune.images: none of them owns a unit that is asked for");
        }
        return owned.chosen();
    }

    private EditRecord exchange(ExchangeLayers exchange, StateDict state) throws IOException {
        List<ExchangePart> parts = EncoderInputs.parts(source, exchange.getLayersList(), "spec.exchange.layers");
        LayerScope scope = EditRules.scope(exchange.getScope(), LayerScope.LAYER_AND_NORM);
        try (TrainedEncoder other = EncoderInputs.readSame(run, source, exchange.getOther(), "spec.exchange.other")) {
            LayerExchange.apply(state, other.state(), parts, scope);
            return EditRecord.exchanged(source, other, parts, scope);
        }
    }

    private EditRecord restore(RestoreUnit restore, StateDict state) throws IOException {
        EditableLayer layer = EncoderInputs.layers(source, List.of(restore.getLayer()), "spec.restore.layer").getFirst();
        LayerScope scope = EditRules.scope(restore.getScope(), LayerScope.LAYER);
        try (TrainedEncoder tuned = EncoderInputs.readSame(run, source, restore.getTuned(), "spec.restore.tuned")) {
            UnitRestore.apply(state, tuned.state(), layer, restore.getUnit(), scope);
            return EditRecord.restored(source, tuned, layer, restore.getUnit(), scope);
        } catch (IllegalArgumentException e) {
            throw RunFailure.invalidSpec("spec.restore." + e.getMessage());
        }
    }
}
