package dev.engram.encoders.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.engram.encoders.checkpoint.StateDict;
import dev.engram.encoders.engine.ElementType;
import dev.engram.encoders.engine.ProgramResult;
import dev.engram.encoders.engine.Scope;
import dev.engram.encoders.engine.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network against torchvision, timm and PyTorch, computed once in double: src/test/oracle/peers.py. */
class PeersTest {
    private static final JsonNode REFERENCE = reference();
    private static final double EXACT = 1e-9;

    /** A network, as the peer has it, in the precision it is compared in. */
    record Peer(String name, Network network, int images, ElementType type) {
        static Peer of(String name, String network, int channels, int side, String... options) {
            return new Peer(name, Networks.encoder(network, channels, side, options(options)), 2, ElementType.FLOAT64);
        }

        static Peer of(String name, Network network, int images) {
            return new Peer(name, network, images, ElementType.FLOAT64);
        }

        Peer of(int images) {
            return new Peer(name, network, images, type);
        }

        /** One image only, in single precision. */
        Peer large() {
            return new Peer(name, network, 1, ElementType.FLOAT32);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Peer> peers() {
        return Stream.of(convolutional(), transformers(), heads()).flatMap(peers -> peers);
    }

    private static Stream<Peer> convolutional() {
        return Stream.of(
                Peer.of("resnet18", "resnet18", 3, 64, "classes", "10", "stem", "7x7").of(3),
                Peer.of("resnet18 wide", "resnet18", 3, 32, "last_width", "96"),
                Peer.of("resnet18 group", "resnet18", 3, 16, "norm", "group"),
                Peer.of("resnet34", "resnet34", 3, 32),
                Peer.of("resnet50", "resnet50", 3, 16, "last_width", "64").of(4),
                Peer.of("resnet50 classifier", "resnet50", 3, 64, "classes", "10", "stem", "7x7").large(),
                Peer.of("resnet101", "resnet101", 3, 64, "stem", "7x7").large(),
                Peer.of("resnet20", "resnet20", 3, 16, "classes", "10").of(4),
                Peer.of("resnet32", "resnet32", 3, 32),
                Peer.of("resnet44", "resnet44", 3, 32),
                Peer.of("resnet56", "resnet56", 3, 32, "classes", "10"),
                Peer.of("vgg11_bn", "vgg11_bn", 3, 32).of(4),
                Peer.of("vgg11_bn classifier", "vgg11_bn", 3, 32, "classes", "10").large(),
                Peer.of("vgg16_bn", "vgg16_bn", 3, 64, "pool", "7").large(),
                Peer.of("mlp", "mlp", 1, 28, "classes", "10").large(),
                Peer.of("mlp small", "mlp", 3, 8, "width", "16", "depth", "3", "classes", "5").of(4),
                Peer.of("convnet", "convnet", 3, 32, "classes", "10").of(4),
                Peer.of("convnet of gray images", "convnet", 1, 28, "crop", "0"),
                Peer.of("conv_autoencoder", new Reconstruction(), 4));
    }

    private static Stream<Peer> transformers() {
        return Stream.of(
                Peer.of("vit_tiny", "vit_tiny", 3, 32),
                Peer.of("vit_tiny classifier", "vit_tiny", 3, 24, "patch", "8", "depth", "2", "classes", "10"),
                Peer.of("vit_tiny avg", "vit_tiny", 3, 32, "patch", "8", "depth", "2", "pool", "avg"),
                Peer.of("vit_tiny avg without class token", "vit_tiny", 3, 32,
                        "patch", "8", "depth", "2", "pool", "avg", "class_token", "false"),
                Peer.of("vit_small", "vit_small", 1, 28, "patch", "7").large(),
                Peer.of("vit_base", "vit_base", 3, 32, "patch", "16").large(),
                Peer.of("masked autoencoder", new MaskedAutoencoder(), 3),
                Peer.of("masked anchor", new MaskedAnchor(), 3));
    }

    private static Stream<Peer> heads() {
        return Stream.of(
                Peer.of("projector vicreg", head(Projector.of(9, 8, 7), 6), 5),
                Peer.of("projector simclr", head(Projector.of(ProjectorStyle.SIMCLR, 9, 7), 6), 5),
                Peer.of("projector barlow", head(Projector.of(ProjectorStyle.BARLOW, 9, 7), 6), 5),
                Peer.of("projector byol", head(Projector.of(ProjectorStyle.BYOL, 9, 7), 6), 5),
                Peer.of("projector simsiam", head(Projector.of(ProjectorStyle.SIMSIAM, 9, 8, 7), 6), 5),
                Peer.of("predictor simsiam", head(Projector.of(ProjectorStyle.SIMSIAM_PREDICTOR, 9, 7), 6), 5),
                Peer.of("projector supcon", head(Projector.of(ProjectorStyle.SUPCON, 9, 7), 6), 5),
                Peer.of("projector plain", head(Projector.of(ProjectorStyle.PLAIN, 9, 7), 6), 5),
                Peer.of("dino head", head(new DinoHead(11, 3, 9, 7, false, true), 6), 5),
                Peer.of("dino head of the variants", head(new DinoHead(11, 2, 9, 7, true, false), 6), 5),
                Peer.of("dino head of one layer", head(new DinoHead(11, 1, 9, 7, false, true), 6), 5),
                Peer.of("msn head", head(new MsnHead(9, 7, true), 6), 5),
                Peer.of("msn head without batch norm", head(new MsnHead(9, 7, false), 6), 5),
                Peer.of("prototypes", head(new Prototypes(9), 6), 5));
    }

    static Stream<Peer> trained() {
        return peers().filter(peer -> REFERENCE.path(peer.name()).has("trained"));
    }

    @Test
    void everyCaseOfTheOracleIsCompared() {
        Set<String> cases = new HashSet<>();
        REFERENCE.fieldNames().forEachRemaining(cases::add);
        assertEquals(cases, peers().map(Peer::name).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("peers")
    void hasTheStateOfItsPeerInOrder(Peer peer) {
        StateLayout layout = StateLayout.of(peer.network());
        JsonNode expected = REFERENCE.path(peer.name());
        assertEquals(expected.path("parameters").longValue(), layout.parameterCount());
        assertEquals(expected.path("tensors").intValue(), layout.state().size());
        String names = layout.state().stream()
                .map(spec -> spec.name() + " " + spec.shape().toString().replace(" ", ""))
                .collect(Collectors.joining("\n"));
        assertEquals(expected.path("state").textValue(), sha256(names), names);
    }

    @ParameterizedTest
    @MethodSource("peers")
    void evaluatesAsItsPeer(Peer peer) {
        JsonNode expected = REFERENCE.path(peer.name());
        StateLayout layout = StateLayout.of(peer.network());
        List<TapRequest> taps = expected.has("nodes")
                ? layout.taps().stream().map(tap -> TapRequest.raw(tap.path())).toList()
                : List.of();
        try (Evaluation forward = Evaluation.of(peer.network(), taps);
                StateDict state = Formula.state(layout, peer.type());
                Scope scope = Scope.open()) {
            Activations result = forward.run(scope, state, inputs(scope, peer));
            double tolerance = peer.type() == ElementType.FLOAT64 ? EXACT : 1e-5;
            agrees("output", expected.path("output"), result.output(), tolerance);
            for (TapRequest tap : taps) {
                assertTrue(expected.path("nodes").has(tap.path()), () -> "PyTorch has no activation " + tap.path());
                agrees("tap", expected.path("nodes").path(tap.path()), result.tap(tap), tolerance);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("trained")
    void hasTheGradientsOfItsPeer(Peer peer) {
        JsonNode expected = REFERENCE.path(peer.name());
        StateLayout layout = StateLayout.of(peer.network());
        try (TrainingPass pass = new TrainingPass(peer.network());
                StateDict state = Formula.state(layout, ElementType.FLOAT64);
                Scope scope = Scope.open()) {
            ProgramResult result = pass.run(scope, state, inputs(scope, peer));
            agrees("output", expected.path("trained"), result.tensor(0), EXACT);
            List<String> parameters = layout.parameters();
            assertEquals(expected.path("gradients").size(), parameters.size());
            for (int i = 0; i < parameters.size(); i++) {
                String name = parameters.get(i);
                agrees(name, expected.path("gradients").path(name), result.tensors(1).get(i), 1e-7);
            }
            for (Map.Entry<String, JsonNode> entry : expected.path("statistics").properties()) {
                agrees(entry.getKey(), entry.getValue(), state.get(entry.getKey()), EXACT);
            }
        }
    }

    private static Tensor inputs(Scope scope, Peer peer) {
        return Formula.inputs(scope, peer.type(), peer.images(), peer.network().input());
    }

    /** Relative to the tensor's norm: its norm, a projection, and, where they are known, its first values. */
    private static void agrees(String name, JsonNode expected, Tensor tensor, double tolerance) {
        double[] values = tensor.type() == ElementType.FLOAT64 ? tensor.doubles() : Formula.widened(tensor.floats());
        double[] probe = Formula.noise("probe " + name, values.length);
        double squares = 0;
        double projection = 0;
        for (int i = 0; i < values.length; i++) {
            squares += values[i] * values[i];
            projection += values[i] * probe[i];
        }
        boolean brief = expected.isArray();
        double norm = (brief ? expected.get(0) : expected.path("norm")).doubleValue();
        double bound = tolerance * (1e-6 + norm);
        assertEquals(norm, Math.sqrt(squares), bound, name);
        assertEquals((brief ? expected.get(1) : expected.path("probe")).doubleValue(), projection, bound, name);
        for (int i = 0; i < expected.path("head").size(); i++) {
            assertEquals(expected.path("head").get(i).doubleValue(), values[i], bound, name + " " + i);
        }
    }

    private static Network head(Head head, long width) {
        return new Network() {
            @Override
            public String name() {
                return "head";
            }

            @Override
            public List<Long> input() {
                return List.of(width);
            }

            @Override
            public Node forward(Graph graph, Node x) {
                return head.forward(graph, x);
            }
        };
    }

    private static Map<String, String> options(String... pairs) {
        Map<String, String> options = new java.util.HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            options.put(pairs[i], pairs[i + 1]);
        }
        return options;
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static JsonNode reference() {
        try (InputStream in = PeersTest.class.getResourceAsStream("/oracle/peers.json")) {
            return new ObjectMapper().readTree(in);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
