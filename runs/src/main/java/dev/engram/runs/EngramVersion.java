package dev.engram.runs;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * Which build of Engram this process is. Runs keep that of their last attempt, and resume points that of the attempt that saved them, so that what another build wrote can
 * be told from what is damaged, and who goes on from another build's state is told that bits may differ.
 */
public final class EngramVersion {
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");
    private static final int SHORT = 12;
    private static final String CURRENT = read();

    private EngramVersion() {}

    /**
     * The version with the commit it was built of, as semantic versioning writes a build: {@code 1.0.0+3f9a2c1d5e7b}, with {@code .dirty} behind it if the files had been
     * changed since. The plain version where the sources were built outside of a repository.
     */
    public static String current() {
        return CURRENT;
    }

    /** @param dirty whether there were changes that had not been committed; anything but {@code true} is no */
    static String of(String version, String commit, String dirty) {
        if (commit == null || !COMMIT.matcher(commit).matches()) {
            return version;
        }
        return version + "+" + commit.substring(0, SHORT) + (Boolean.parseBoolean(dirty) ? ".dirty" : "");
    }

    private static String read() {
        try (InputStream in = EngramVersion.class.getResourceAsStream("version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return of(properties.getProperty("version"), properties.getProperty("commit"), properties.getProperty("dirty"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
