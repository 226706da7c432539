package dev.engram.trainer.dataset;

import dev.engram.store.ObjectNotFoundException;
import dev.engram.store.ObjectStore;
import dev.engram.store.StoreRefusedException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** A bucket in memory that can be listed and read; whatever else is called is an error. */
final class ReadOnlyObjects {
    private final Map<String, byte[]> objects = new TreeMap<>();

    ReadOnlyObjects with(String key, byte[] bytes) {
        objects.put(key, bytes);
        return this;
    }

    ObjectStore store() {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "size" -> size((String) arguments[0]);
            case "list" -> list((String) arguments[0]);
            case "open" -> open((String) arguments[0]);
            case "close" -> null;
            default -> throw new UnsupportedOperationException(method.toString());
        };
        return (ObjectStore) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {ObjectStore.class}, handler);
    }

    /** A bucket whose server says no to everything but whether a single object is there. */
    static ObjectStore refused(String why) {
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "size" -> OptionalLong.empty();
            case "close" -> null;
            default -> throw new StoreRefusedException(why, null);
        };
        return (ObjectStore) Proxy.newProxyInstance(ReadOnlyObjects.class.getClassLoader(), new Class<?>[] {ObjectStore.class}, handler);
    }

    private OptionalLong size(String key) {
        return objects.containsKey(key) ? OptionalLong.of(objects.get(key).length) : OptionalLong.empty();
    }

    private List<ObjectStore.ObjectSummary> list(String prefix) {
        return objects.entrySet().stream()
                .filter(object -> object.getKey().startsWith(prefix))
                .map(object -> new ObjectStore.ObjectSummary(object.getKey(), object.getValue().length))
                .toList();
    }

    private InputStream open(String key) {
        if (!objects.containsKey(key)) {
            throw new ObjectNotFoundException(key);
        }
        return new ByteArrayInputStream(objects.get(key));
    }
}
