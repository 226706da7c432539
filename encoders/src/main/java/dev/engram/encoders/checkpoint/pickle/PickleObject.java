package dev.engram.encoders.checkpoint.pickle;

import java.util.Optional;

/** What a class that is not known would have made. Holds what the pickle says of it as data; has no behavior. */
public final class PickleObject {
    private final ClassName type;
    private final PickleDict items = new PickleDict();
    private PickleDict state;

    PickleObject(ClassName type) {
        this.type = type;
    }

    public ClassName type() {
        return type;
    }

    /** Its attributes, if the pickle sets any. */
    public Optional<PickleDict> state() {
        return Optional.ofNullable(state);
    }

    /** What was set in it as if it were a dictionary. */
    public PickleDict items() {
        return items;
    }

    void build(Object attributes) {
        if (attributes instanceof PickleDict dict) {
            state = dict;
        }
    }
}
