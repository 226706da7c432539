package dev.engram.encoders.checkpoint;

import dev.engram.encoders.checkpoint.pickle.ClassName;
import dev.engram.encoders.checkpoint.pickle.PickleClasses;
import dev.engram.encoders.checkpoint.pickle.PickleDict;
import dev.engram.encoders.checkpoint.pickle.PickleNone;
import dev.engram.encoders.checkpoint.pickle.PickleSequence;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The names that files of PyTorch weights use: containers, storages, and the functions that make a tensor a view of a storage
 * ({@code torch/_utils.py}). Whatever else a pickle names is foreign.
 */
final class TorchClasses implements PickleClasses {
    private static final Map<String, StoredType> STORAGES = Map.ofEntries(
            Map.entry("DoubleStorage", StoredType.F64),
            Map.entry("FloatStorage", StoredType.F32),
            Map.entry("HalfStorage", StoredType.F16),
            Map.entry("BFloat16Storage", StoredType.BF16),
            Map.entry("LongStorage", StoredType.I64),
            Map.entry("IntStorage", StoredType.I32),
            Map.entry("ShortStorage", StoredType.I16),
            Map.entry("CharStorage", StoredType.I8),
            Map.entry("ByteStorage", StoredType.U8),
            Map.entry("BoolStorage", StoredType.BOOL));
    private static final Map<String, StoredType> TYPES = Map.ofEntries(
            Map.entry("float64", StoredType.F64),
            Map.entry("float32", StoredType.F32),
            Map.entry("float16", StoredType.F16),
            Map.entry("bfloat16", StoredType.BF16),
            Map.entry("int64", StoredType.I64),
            Map.entry("int32", StoredType.I32),
            Map.entry("uint32", StoredType.U32),
            Map.entry("int16", StoredType.I16),
            Map.entry("uint16", StoredType.U16),
            Map.entry("int8", StoredType.I8),
            Map.entry("uint8", StoredType.U8),
            Map.entry("bool", StoredType.BOOL));
    /** Heap of an entry of a dictionary, whose lists grow by halves. */
    private static final long COPY_COST = 32;
    /** None of these functions looks at more. */
    private static final int MOST_ARGUMENTS = 8;

    private static final Set<String> UNTYPED = Set.of("UntypedStorage", "_UntypedStorage");
    private static final Set<String> BUILTINS = Set.of("list", "tuple", "dict", "set", "frozenset", "complex", "bytearray");
    private static final Set<String> REBUILDERS = Set.of(
            "_rebuild_tensor", "_rebuild_tensor_v2", "_rebuild_tensor_v3", "_rebuild_parameter", "_rebuild_parameter_with_state");
    private static final String FROM_TYPE = "torch._tensor._rebuild_from_type_v2";
    private static final Set<String> PLAIN = Set.of(
            "torch.device", "torch.serialization._get_layout", FROM_TYPE,
            "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer", "torch.Tensor", "torch.storage.TypedStorage",
            "torch.storage._TypedStorage", "torch.Size", "collections.OrderedDict", "collections.defaultdict", "_codecs.encode");

    @Override
    public boolean knows(ClassName name) {
        return PLAIN.contains(name.toString())
                || isBuiltin(name)
                || name.module().equals("torch._utils") && REBUILDERS.contains(name.name())
                || name.module().equals("torch") && TYPES.containsKey(name.name())
                || isStorage(name);
    }

    /** A dictionary or text of what is longest among the arguments, or a shape and strides of that length. */
    @Override
    public long cost(ClassName name, List<Object> arguments) {
        if (isBuiltin(name) && !name.name().equals("dict")) {
            return 0;
        }
        long longest = longest(arguments);
        if (name.toString().equals(FROM_TYPE) && arguments.size() > 2 && arguments.get(2) instanceof PickleSequence wrapped) {
            longest = Math.max(longest, longest(wrapped.items()));
        }
        return longest;
    }

    private static long longest(List<Object> arguments) {
        long longest = 0;
        for (Object argument : arguments.subList(0, Math.min(arguments.size(), MOST_ARGUMENTS))) {
            longest = Math.max(longest, switch (argument) {
                case PickleSequence sequence -> COPY_COST * sequence.items().size();
                case String text -> text.length();
                default -> 0;
            });
        }
        return longest;
    }

    @Override
    public Object make(ClassName name, List<Object> arguments) {
        if (name.module().equals("torch._utils")) {
            return rebuilt(name.name(), arguments);
        }
        if (isBuiltin(name)) {
            return builtin(name.name(), arguments);
        }
        return switch (name.toString()) {
            case "collections.OrderedDict" -> dict(arguments.isEmpty() ? PickleNone.NONE : arguments.getFirst());
            case "collections.defaultdict" -> dict(arguments.size() < 2 ? PickleNone.NONE : arguments.get(1));
            case "torch.Size" -> argument(arguments, 0, PickleSequence.class, "a size of numbers");
            case FROM_TYPE -> fromType(arguments);
            case "torch.nn.parameter.Parameter", "torch.nn.parameter.Buffer", "torch.Tensor" ->
                arguments.isEmpty() ? PickleNone.NONE : arguments.getFirst();
            case "_codecs.encode" -> argument(arguments, 0, String.class, "a text").getBytes(StandardCharsets.ISO_8859_1);
            default -> PickleNone.NONE;
        };
    }

    /** {@code ("storage", type, key, device, elements)}; older files add a view {@code (key, first element, elements)} or None. */
    @Override
    public TorchStorage persistent(Object id) {
        List<Object> parts = id instanceof PickleSequence tuple ? tuple.items() : List.of();
        if (parts.size() < 5
                || !parts.get(0).equals("storage")
                || !(parts.get(1) instanceof ClassName name)
                || !isStorage(name)
                || !(parts.get(4) instanceof Long elements)) {
            throw new IllegalArgumentException("the id names no storage");
        }
        String key = String.valueOf(parts.get(2) instanceof String || parts.get(2) instanceof Long ? parts.get(2) : "");
        StoredType type = STORAGES.get(name.name());
        long size = type == null ? 1 : type.bytes();
        if (key.isEmpty() || elements < 0 || elements > Long.MAX_VALUE / size) {
            throw new IllegalArgumentException("storage \"%s\" of %d elements".formatted(key, elements));
        }
        if (parts.size() > 5 && parts.get(5) instanceof PickleSequence view) {
            return view(key, type, elements, view.items());
        }
        return new TorchStorage(key, type, 0, elements, elements);
    }

    private static TorchStorage view(String key, StoredType type, long kept, List<Object> view) {
        if (view.size() != 3 || !(view.get(1) instanceof Long first) || !(view.get(2) instanceof Long elements)
                || first < 0 || elements < 0 || first > kept || elements > kept - first) {
            throw new IllegalArgumentException("a view that is not inside storage \"%s\" of %d elements".formatted(key, kept));
        }
        return new TorchStorage(key, type, first, elements, kept);
    }

    private static Object fromType(List<Object> arguments) {
        ClassName function = argument(arguments, 0, ClassName.class, "a function");
        if (!function.module().equals("torch._utils") || !REBUILDERS.contains(function.name())) {
            throw new IllegalArgumentException(function + " makes no tensor");
        }
        return rebuilt(function.name(), argument(arguments, 2, PickleSequence.class, "its arguments").items());
    }

    private static Object rebuilt(String function, List<Object> arguments) {
        if (function.startsWith("_rebuild_parameter")) {
            return argument(arguments, 0, Object.class, "a tensor");
        }
        TorchStorage storage = argument(arguments, 0, TorchStorage.class, "a storage");
        long offset = argument(arguments, 1, Long.class, "an offset");
        long[] shape = numbers(argument(arguments, 2, PickleSequence.class, "a shape"));
        long[] strides = numbers(argument(arguments, 3, PickleSequence.class, "strides"));
        return TorchView.of(storage, elementType(function, storage, arguments), offset, shape, strides);
    }

    private static StoredType elementType(String function, TorchStorage storage, List<Object> arguments) {
        if (!function.endsWith("_v3")) {
            return Optional.ofNullable(storage.type()).orElseThrow(() -> new IllegalArgumentException("a tensor of untyped bytes"));
        }
        ClassName type = argument(arguments, 6, ClassName.class, "an element type");
        return Optional.ofNullable(TYPES.get(type.name())).orElseThrow(() -> new IllegalArgumentException("elements of " + type));
    }

    private static long[] numbers(PickleSequence sequence) {
        long[] numbers = new long[sequence.items().size()];
        if (numbers.length > TorchView.MOST_DIMENSIONS) {
            throw new IllegalArgumentException("a tensor of %d dimensions".formatted(numbers.length));
        }
        for (int i = 0; i < numbers.length; i++) {
            if (!(sequence.items().get(i) instanceof Long number)) {
                throw new IllegalArgumentException("a shape that is not of numbers");
            }
            numbers[i] = number;
        }
        return numbers;
    }

    private static Object builtin(String name, List<Object> arguments) {
        Object first = arguments.isEmpty() ? PickleNone.NONE : arguments.getFirst();
        return switch (name) {
            case "dict" -> dict(first);
            case "list", "tuple", "set", "frozenset" -> first instanceof PickleSequence ? first : PickleSequence.tuple(List.of());
            default -> PickleNone.NONE;
        };
    }

    /** A dictionary of pairs, as older pickles write one; of nothing, an empty one. */
    private static PickleDict dict(Object from) {
        if (from instanceof PickleDict dict) {
            return dict;
        }
        PickleDict made = new PickleDict();
        if (from instanceof PickleSequence pairs) {
            for (Object item : pairs.items()) {
                if (!(item instanceof PickleSequence pair) || pair.items().size() != 2) {
                    throw new IllegalArgumentException("a dictionary of what is no pair");
                }
                made.put(pair.items().get(0), pair.items().get(1));
            }
        }
        return made;
    }

    private static <T> T argument(List<Object> arguments, int index, Class<T> type, String what) {
        if (index >= arguments.size() || !type.isInstance(arguments.get(index))) {
            throw new IllegalArgumentException("argument %d is not %s".formatted(index, what));
        }
        return type.cast(arguments.get(index));
    }

    private static boolean isBuiltin(ClassName name) {
        return (name.module().equals("builtins") || name.module().equals("__builtin__")) && BUILTINS.contains(name.name());
    }

    private static boolean isStorage(ClassName name) {
        return switch (name.module()) {
            case "torch", "torch.cuda" -> STORAGES.containsKey(name.name());
            case "torch.storage" -> UNTYPED.contains(name.name());
            default -> false;
        };
    }
}
