package dev.engram.runs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which version of Engram this process is. Runs keep that of their last attempt, so that what another version wrote can be told from what is damaged. */
public final class EngramVersion {
    private static final String CURRENT = read();

    private EngramVersion() {}

    /** As it was built: {@code 1.0.0}. */
    public static String current() {
        return CURRENT;
    }

    private static String read() {
        try (InputStream in = EngramVersion.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
