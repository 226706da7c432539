package dev.engram.metrics.intervention;

import dev.engram.encoders.edit.LayerScope;
import dev.engram.encoders.edit.UnitPool;
import dev.engram.runs.ResourceName;
import dev.engram.runs.RunFailure;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.EditEncoderSpec;
import dev.engram.v1.ExchangeLayers;
import dev.engram.v1.PruneUnits;
import dev.engram.v1.RestoreUnit;
import java.util.List;

/** What an edit's spec must be, and what its words mean. */
final class EditRules {
    private EditRules() {}

    /** Reports every problem of a spec. */
    static void check(EditEncoderSpec spec, FieldViolations violations) {
        requireName("encoders", spec.getSource(), "spec.source", violations);
        switch (spec.getEditCase()) {
            case PRUNE -> check(spec.getPrune(), violations);
            case EXCHANGE -> check(spec.getExchange(), violations);
            case RESTORE -> check(spec.getRestore(), violations);
            case EDIT_NOT_SET -> violations.add("spec.edit", "is required: prune, exchange or restore");
        }
    }

    private static void check(PruneUnits prune, FieldViolations violations) {
        switch (prune.getBy()) {
            case HIGHEST, LOWEST, OWNED, RANDOM_AS_OWNED -> requireName("runs", prune.getUnitMem(), "spec.prune.unit_mem", violations);
            case RANDOM -> violations.require(
                    prune.getUnitMem().isEmpty(), "spec.prune.unit_mem", "must be empty where units are drawn at random");
            case BY_UNSPECIFIED, UNRECOGNIZED -> violations.add("spec.prune.by", "is required: HIGHEST, LOWEST, RANDOM, OWNED or RANDOM_AS_OWNED");
        }
        checkOwned(prune, violations);
        violations.require(
                prune.getShare() >= 0 && prune.getShare() <= 1, "spec.prune.share", "must be in [0, 1], is " + prune.getShare());
        violations.require(
                prune.getPool() != dev.engram.v1.UnitPool.UNRECOGNIZED,
                "spec.prune.pool",
                "must be UNIT_POOL_PER_LAYER or UNIT_POOL_TOTAL, is " + prune.getPoolValue());
        checkLayers(prune.getLayersList(), "spec.prune.layers", violations);
    }

    private static void checkOwned(PruneUnits prune, FieldViolations violations) {
        if (isByOwner(prune)) {
            OwnedUnitRules.check("spec.prune.", prune.getImagesList(), prune.getLeastUnitMem(), prune.getMostUnits(), violations);
            violations.require(prune.getShare() == 0, "spec.prune.share", "must be unset where units are chosen by their owners");
            violations.require(prune.getPoolValue() == 0, "spec.prune.pool", "must be unset where units are chosen by their owners");
            return;
        }
        String only = "is only for units that are chosen by their owners";
        violations.require(prune.getImagesCount() == 0, "spec.prune.images", only);
        violations.require(prune.getLeastUnitMem() == 0, "spec.prune.least_unit_mem", only);
        violations.require(prune.getMostUnits() == 0, "spec.prune.most_units", only);
    }

    /** Whether the images that own them say which units, or how many. */
    static boolean isByOwner(PruneUnits prune) {
        return prune.getBy() == PruneUnits.By.OWNED || prune.getBy() == PruneUnits.By.RANDOM_AS_OWNED;
    }

    private static void check(ExchangeLayers exchange, FieldViolations violations) {
        requireName("encoders", exchange.getOther(), "spec.exchange.other", violations);
        violations.require(exchange.getLayersCount() > 0, "spec.exchange.layers", "is required: at least one path");
        checkLayers(exchange.getLayersList(), "spec.exchange.layers", violations);
        checkScope(exchange.getScope(), "spec.exchange.scope", exchange.getScopeValue(), violations);
    }

    private static void check(RestoreUnit restore, FieldViolations violations) {
        requireName("encoders", restore.getTuned(), "spec.restore.tuned", violations);
        violations.require(!restore.getLayer().isBlank(), "spec.restore.layer", "is required: the path of a layer");
        violations.require(restore.getUnit() >= 0, "spec.restore.unit", "must be at least 0, is " + restore.getUnit());
        checkScope(restore.getScope(), "spec.restore.scope", restore.getScopeValue(), violations);
    }

    /** Reports a name that is missing or not one of {@code collection}. */
    static void requireName(String collection, String name, String field, FieldViolations violations) {
        violations.require(
                ResourceName.parse(name).filter(parsed -> parsed.collection().equals(collection)).isPresent(),
                field,
                name.isEmpty()
                        ? "is required: %s/…".formatted(collection)
                        : "must be %s/ and an id of [a-z0-9-], is \"%s\"".formatted(collection, name));
    }

    /** Reports paths that are empty or named twice; which layers there are only the encoder knows. */
    static void checkLayers(List<String> layers, String field, FieldViolations violations) {
        for (int i = 0; i < layers.size(); i++) {
            String path = layers.get(i);
            violations.require(!path.isBlank(), "%s[%d]".formatted(field, i), "must be the path of a layer, is empty");
            violations.require(layers.indexOf(path) == i, "%s[%d]".formatted(field, i), "\"%s\" is named twice".formatted(path));
        }
    }

    static void checkScope(dev.engram.v1.LayerScope scope, String field, int value, FieldViolations violations) {
        violations.require(
                scope != dev.engram.v1.LayerScope.UNRECOGNIZED,
                field,
                "must be LAYER_SCOPE_WEIGHT, LAYER_SCOPE_LAYER or LAYER_SCOPE_LAYER_AND_NORM, is " + value);
    }

    /** @param otherwise where the spec says nothing */
    static LayerScope scope(dev.engram.v1.LayerScope scope, LayerScope otherwise) {
        return switch (scope) {
            case LAYER_SCOPE_UNSPECIFIED -> otherwise;
            case LAYER_SCOPE_WEIGHT -> LayerScope.WEIGHT;
            case LAYER_SCOPE_LAYER -> LayerScope.LAYER;
            case LAYER_SCOPE_LAYER_AND_NORM -> LayerScope.LAYER_AND_NORM;
            case UNRECOGNIZED -> throw RunFailure.invalidSpec("spec: the scope of a layer is not known");
        };
    }

    static UnitPool pool(dev.engram.v1.UnitPool pool) {
        return switch (pool) {
            case UNIT_POOL_UNSPECIFIED, UNIT_POOL_PER_LAYER -> UnitPool.PER_LAYER;
            case UNIT_POOL_TOTAL -> UnitPool.TOTAL;
            case UNRECOGNIZED -> throw RunFailure.invalidSpec("spec: what the share is of is not known");
        };
    }
}
