package dev.engram.encoders.checkpoint.pickle;

import dev.engram.encoders.checkpoint.MemoryBudget;
import dev.engram.encoders.file.CorruptFileException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;

/**
 * Reads one pickle after the other from a segment of memory. Values become plain data: {@code String}, {@code Long}, {@code BigInteger},
 * {@code Double}, {@code Boolean}, {@code byte[]}, {@link PickleNone}, {@link PickleSequence}, {@link PickleDict}, {@link ClassName},
 * {@link PickleObject}, and what {@link PickleClasses} makes. Nothing is called, imported or executed; time is linear in the bytes and the
 * heap is charged to a {@link MemoryBudget} before it is taken.
 */
public final class PickleReader {
    private static final Object MARK = new Object();
    private static final int NEWEST_PROTOCOL = 5;
    /** Heap of a small object with its place on the stack, and of an entry in a container or the memo. */
    private static final int VALUE_COST = 96;
    private static final int ENTRY_COST = 48;

    private final PickleInput in;
    private final MemoryBudget budget;
    private final PickleClasses classes;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Long, Object> memo = new HashMap<>();
    private final SequencedSet<ClassName> foreign = new LinkedHashSet<>();
    private long at;
    private Opcode opcode;

    /**
     * @param file for errors
     * @param position of the first pickle in {@code bytes}
     */
    public PickleReader(String file, MemorySegment bytes, long position, MemoryBudget budget, PickleClasses classes) {
        this.in = new PickleInput(file, bytes, position, budget);
        this.budget = budget;
        this.classes = classes;
    }

    /** Where the next pickle begins, or whatever follows. */
    public long position() {
        return in.position();
    }

    /** Names that {@link PickleClasses} does not know, of all pickles read so far. */
    public SequencedSet<ClassName> foreign() {
        return foreign;
    }

    /**
     * The value of the next pickle.
     *
     * @throws CorruptFileException naming the byte and the opcode
     */
    public Object read() {
        stack.clear();
        memo.clear();
        while (true) {
            at = in.position();
            int code = in.unsignedByte();
            opcode = Opcode.of(code).orElseThrow(() -> in.corrupt(at, "0x%02x is no opcode of a pickle".formatted(code)));
            if (opcode == Opcode.STOP) {
                return pop();
            }
            try {
                execute();
            } catch (IllegalArgumentException e) {
                throw corrupt(e.getMessage());
            }
        }
    }

    private void execute() {
        switch (opcode) {
            case PROTO -> protocol(in.unsignedByte());
            case FRAME -> in.number(Long.BYTES);
            case STOP -> throw new IllegalStateException("ends the loop");
            case MARK -> push(MARK);
            case POP -> popAny();
            case POP_MARK -> popToMark();
            case DUP -> push(top());
            case NONE -> push(PickleNone.NONE);
            case NEWTRUE -> push(Boolean.TRUE);
            case NEWFALSE -> push(Boolean.FALSE);
            case INT, LONG -> push(in.decimalLine());
            case BININT -> push((long) (int) in.number(Integer.BYTES));
            case BININT1 -> push(in.number(1));
            case BININT2 -> push(in.number(2));
            case LONG1 -> push(in.longNumber(in.number(1)));
            case LONG4 -> push(in.longNumber((int) in.number(Integer.BYTES)));
            case FLOAT -> push(floatLine());
            case BINFLOAT -> push(in.bigEndianDouble());
            case STRING -> push(unquoted(in.line()));
            case UNICODE -> push(in.line());
            case BINSTRING -> push(in.text((int) in.number(Integer.BYTES), StandardCharsets.UTF_8));
            case SHORT_BINSTRING, SHORT_BINUNICODE -> push(in.text(in.number(1), StandardCharsets.UTF_8));
            case BINUNICODE -> push(in.text(in.number(Integer.BYTES), StandardCharsets.UTF_8));
            case BINUNICODE8 -> push(in.text(in.number(Long.BYTES), StandardCharsets.UTF_8));
            case SHORT_BINBYTES -> push(in.bytes(in.number(1)));
            case BINBYTES -> push(in.bytes(in.number(Integer.BYTES)));
            case BINBYTES8, BYTEARRAY8 -> push(in.bytes(in.number(Long.BYTES)));
            case EMPTY_TUPLE -> push(PickleSequence.tuple(List.of()));
            case TUPLE1, TUPLE2, TUPLE3 -> push(PickleSequence.tuple(popLast(opcode.ordinal() - Opcode.TUPLE1.ordinal() + 1)));
            case TUPLE -> push(PickleSequence.tuple(popToMark()));
            case EMPTY_LIST -> push(sequence(PickleSequence.Kind.LIST, List.of()));
            case LIST -> push(sequence(PickleSequence.Kind.LIST, popToMark()));
            case EMPTY_SET -> push(sequence(PickleSequence.Kind.SET, List.of()));
            case FROZENSET -> push(sequence(PickleSequence.Kind.SET, popToMark()));
            case APPEND -> append(popLast(1));
            case APPENDS, ADDITEMS -> append(popToMark());
            case EMPTY_DICT -> push(new PickleDict());
            case DICT -> push(filled(new PickleDict(), popToMark()));
            case SETITEM -> set(popLast(2));
            case SETITEMS -> set(popToMark());
            case PUT -> memoize(decimalKey());
            case BINPUT -> memoize(in.number(1));
            case LONG_BINPUT -> memoize(in.number(Integer.BYTES));
            case MEMOIZE -> memoize(memo.size());
            case GET -> push(remembered(decimalKey()));
            case BINGET -> push(remembered(in.number(1)));
            case LONG_BINGET -> push(remembered(in.number(Integer.BYTES)));
            case GLOBAL -> push(named(in.line(), in.line()));
            case STACK_GLOBAL -> stackGlobal();
            case REDUCE, NEWOBJ -> call(popLast(2));
            case NEWOBJ_EX -> call(popLast(3).subList(0, 2));
            case INST -> instance(named(in.line(), in.line()), popToMark());
            case OBJ -> object(popToMark());
            case BUILD -> build(pop());
            case PERSID -> push(classes.persistent(in.line()));
            case BINPERSID -> push(classes.persistent(pop()));
            case EXT1, EXT2, EXT4, NEXT_BUFFER, READONLY_BUFFER -> throw corrupt("is not used by PyTorch");
        }
    }

    private void protocol(int version) {
        if (version > NEWEST_PROTOCOL) {
            throw corrupt("protocol %d is newer than %d".formatted(version, NEWEST_PROTOCOL));
        }
    }

    private double floatLine() {
        String line = in.line();
        if (line.length() > 64) {
            throw corrupt("a number of %d characters".formatted(line.length()));
        }
        return Double.parseDouble(line.replace("nan", "NaN").replace("inf", "Infinity"));
    }

    private static String unquoted(String line) {
        boolean quoted = line.length() >= 2 && (line.charAt(0) == '\'' || line.charAt(0) == '"')
                && line.charAt(line.length() - 1) == line.charAt(0);
        return quoted ? line.substring(1, line.length() - 1) : line;
    }

    private long decimalKey() {
        return in.decimalLine() instanceof Long key ? key : -1;
    }

    private static PickleSequence sequence(PickleSequence.Kind kind, List<Object> items) {
        return new PickleSequence(kind, new ArrayList<>(items));
    }

    private void append(List<Object> items) {
        Object target = top();
        if (target instanceof PickleSequence sequence && sequence.kind() != PickleSequence.Kind.TUPLE) {
            charge((long) items.size() * ENTRY_COST);
            sequence.items().addAll(items);
        } else if (!(target instanceof PickleObject)) {
            throw corrupt("there is no list to append to");
        }
    }

    private void set(List<Object> items) {
        switch (top()) {
            case PickleDict dict -> filled(dict, items);
            case PickleObject object -> filled(object.items(), items);
            default -> throw corrupt("there is no dictionary to set items of");
        }
    }

    private PickleDict filled(PickleDict dict, List<Object> items) {
        if (items.size() % 2 != 0) {
            throw corrupt("a key without a value");
        }
        charge((long) items.size() * ENTRY_COST);
        for (int i = 0; i < items.size(); i += 2) {
            dict.put(items.get(i), items.get(i + 1));
        }
        return dict;
    }

    private void memoize(long key) {
        charge(2L * ENTRY_COST);
        memo.put(key, top());
    }

    private Object remembered(long key) {
        Object value = memo.get(key);
        if (value == null) {
            throw corrupt("nothing is remembered as " + key);
        }
        return value;
    }

    private ClassName named(String module, String name) {
        ClassName named = new ClassName(module, name);
        if (!classes.knows(named)) {
            charge(VALUE_COST);
            foreign.add(named);
        }
        return named;
    }

    private void stackGlobal() {
        List<Object> parts = popLast(2);
        if (!(parts.get(0) instanceof String module) || !(parts.get(1) instanceof String name)) {
            throw corrupt("a class is not named by two texts");
        }
        push(named(module, name));
    }

    private void call(List<Object> parts) {
        if (!(parts.get(1) instanceof PickleSequence arguments)) {
            throw corrupt("the arguments are no tuple");
        }
        push(made(parts.get(0), arguments.items()));
    }

    private void instance(ClassName name, List<Object> arguments) {
        push(made(name, arguments));
    }

    private void object(List<Object> parts) {
        if (parts.isEmpty()) {
            throw corrupt("there is no class");
        }
        push(made(parts.getFirst(), parts.subList(1, parts.size())));
    }

    private Object made(Object callable, List<Object> arguments) {
        return switch (callable) {
            case ClassName name when classes.knows(name) -> {
                charge(classes.cost(name, arguments));
                yield classes.make(name, arguments);
            }
            case ClassName name -> {
                charge(VALUE_COST);
                yield new PickleObject(name);
            }
            case PickleObject object -> {
                charge(VALUE_COST);
                yield new PickleObject(object.type());
            }
            default -> throw corrupt("what is called is no class");
        };
    }

    private void build(Object state) {
        Object attributes = state instanceof PickleSequence pair && pair.items().size() == 2 ? pair.items().getFirst() : state;
        if (top() instanceof PickleObject object) {
            object.build(attributes);
        }
    }

    private void push(Object value) {
        charge(VALUE_COST);
        stack.add(value);
    }

    private Object popAny() {
        if (stack.isEmpty()) {
            throw corrupt("there is nothing on the stack");
        }
        return stack.removeLast();
    }

    private Object pop() {
        Object value = popAny();
        if (value == MARK) {
            throw corrupt("there is nothing on the stack since the last mark");
        }
        return value;
    }

    private Object top() {
        if (stack.isEmpty() || stack.getLast() == MARK) {
            throw corrupt("there is nothing on the stack");
        }
        return stack.getLast();
    }

    private List<Object> popLast(int count) {
        List<Object> items = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            items.addFirst(pop());
        }
        return items;
    }

    /** Cost: linear in what is taken off the stack, each value of which was put there by an opcode. */
    private List<Object> popToMark() {
        int mark = stack.size() - 1;
        while (mark >= 0 && stack.get(mark) != MARK) {
            mark--;
        }
        if (mark < 0) {
            throw corrupt("there is no mark on the stack");
        }
        List<Object> above = stack.subList(mark + 1, stack.size());
        charge((long) above.size() * Long.BYTES);
        List<Object> items = new ArrayList<>(above);
        stack.subList(mark, stack.size()).clear();
        return items;
    }

    private void charge(long bytes) {
        budget.charge(bytes, at);
    }

    private CorruptFileException corrupt(String problem) {
        return in.corrupt(at, opcode + ": " + problem);
    }
}
