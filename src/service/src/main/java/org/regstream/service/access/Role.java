package org.regstream.service.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.regstream.core.ConfigurationException;

/** What somebody may do. None contains another: who does two things has two. */
public enum Role {

    /** Sees the page, results, procedures and alerts: the patient's images. */
    VIEW,
    /** Makes procedures and ends them. */
    OPERATE,
    /** Takes note of alerts. */
    ACKNOWLEDGE,
    /** Sends live images. */
    INGEST,
    /** Looks at the service itself: metrics and health in detail; no images. */
    ADMIN;

    /** As it stands in files and in the tokens of an OpenID provider. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws ConfigurationException if there is no such role */
    public static Role of(String word) {
        return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst()
                .orElseThrow(() -> new ConfigurationException("a role is one of " + Arrays.stream(values())
                        .map(Role::word).collect(Collectors.joining(", ")) + "; got " + word));
    }
}
