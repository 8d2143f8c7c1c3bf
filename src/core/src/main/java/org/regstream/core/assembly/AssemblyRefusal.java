package org.regstream.core.assembly;

import java.time.Instant;

/**
 * Why frames did not become a volume.
 *
 * @param rule        the first rule they break
 * @param explanation what was got and what was expected, in numbers; no UID, no patient data
 * @param key         the volume they would have been
 * @param acquiredAt  acquisition time of the latest of them, never later than the refusal
 */
public record AssemblyRefusal(AssemblyRule rule, String explanation, VolumeKey key, Instant acquiredAt) {

    /** Without UIDs: they lead to the patient. */
    @Override
    public String toString() {
        return rule.code() + ": " + explanation;
    }
}
