package org.regstream.core;

/** A setting is wrong: refuse to start. */
public class ConfigurationException extends RegstreamException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }

    public ConfigurationException(String message, Throwable cause) {
        super(message, cause);
    }
}
