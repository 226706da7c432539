package dev.engram.store;

import java.util.Objects;

/**
 * Where the catalogue is.
 *
 * @param url {@code jdbc:postgresql:…} or {@code jdbc:h2:…}
 */
public record DatabaseSettings(String url, String user, String password) {

    public DatabaseSettings {
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "database " + url;
    }
}
