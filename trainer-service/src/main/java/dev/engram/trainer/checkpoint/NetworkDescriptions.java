package dev.engram.trainer.checkpoint;

import dev.engram.encoders.network.ArchitectureModule;
import dev.engram.encoders.network.Network;
import dev.engram.encoders.network.Networks;
import dev.engram.runs.InvalidRunException;
import dev.engram.runs.grpc.FieldViolations;
import dev.engram.v1.Architecture;
import dev.engram.v1.DescribeNetworkRequest;
import dev.engram.v1.ListNetworksResponse;
import dev.engram.v1.ModuleNode;
import dev.engram.v1.NetworkFamily;
import dev.engram.v1.NetworkOption;
import java.util.Locale;

/** Networks as a person sees them: what there is to choose from, and the layers of one. */
public final class NetworkDescriptions {
    private static final int CHANNELS = 3;
    private static final int SIDE = 32;

    private NetworkDescriptions() {}

    public static ListNetworksResponse all() {
        return ListNetworksResponse.newBuilder()
                .addAllNetworks(Networks.families().stream().map(NetworkDescriptions::family).toList())
                .build();
    }

    /** @throws InvalidRunException with every field that is wrong */
    public static Architecture describe(DescribeNetworkRequest request) {
        FieldViolations violations = new FieldViolations();
        violations.require(!request.getNetwork().isEmpty(), "network", "is required");
        violations.require(request.getChannels() >= 0, "channels", "must be at least 1, is " + request.getChannels());
        ImportRules.checkNetwork(request.getNetwork(), request.getNetworkOptionsMap(), request.getSide(), "", violations);
        try {
            if (violations.isEmpty()) {
                return architecture(Networks.encoder(
                        request.getNetwork(),
                        request.getChannels() == 0 ? CHANNELS : request.getChannels(),
                        request.getSide() == 0 ? SIDE : request.getSide(),
                        request.getNetworkOptionsMap()));
            }
        } catch (IllegalArgumentException e) {
            violations.add("side", e.getMessage());
        }
        throw new InvalidRunException(violations);
    }

    static Architecture architecture(Network network) {
        dev.engram.encoders.network.Architecture tree = dev.engram.encoders.network.Architecture.of(network);
        return Architecture.newBuilder()
                .setNetwork(tree.network())
                .putAllNetworkOptions(tree.options())
                .setChannels(Math.toIntExact(tree.input().get(0)))
                .setSide(Math.toIntExact(tree.input().get(1)))
                .setRoot(node(tree.root()))
                .setParameters(tree.root().parameters())
                .setBuffers(tree.root().buffers())
                .build();
    }

    private static ModuleNode node(ArchitectureModule module) {
        return ModuleNode.newBuilder()
                .setPath(module.path())
                .setKind(module.kindName())
                .addAllOutputShape(module.shape())
                .setUnits(module.units())
                .setParameters(module.parameters())
                .addAllTensors(module.tensors().stream().map(Reports::place).toList())
                .addAllChildren(module.children().stream().map(NetworkDescriptions::node).toList())
                .build();
    }

    private static NetworkFamily family(dev.engram.encoders.network.NetworkFamily family) {
        return NetworkFamily.newBuilder()
                .setName(family.name())
                .setDescription(family.title() + ": " + family.source())
                .addAllOptions(family.options().stream().map(NetworkDescriptions::option).toList())
                .build();
    }

    private static NetworkOption option(dev.engram.encoders.network.NetworkOption option) {
        return NetworkOption.newBuilder()
                .setName(option.name())
                .setType(option.type().name().toLowerCase(Locale.ROOT))
                .setDefaultValue(option.defaultValue())
                .setRange(option.range())
                .setDescription(option.meaning())
                .build();
    }
}
