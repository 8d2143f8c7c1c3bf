package org.regstream.dicom;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * SNOMED RT codes of anatomy, which older segmentations hold, and the SNOMED CT codes that replaced them (PS3.16 annex L).
 * What is not here is known by its name alone.
 */
public final class SnomedRt {

    private static final Set<String> SCHEMES = Set.of("SRT", "SNM3", "99SDM");

    private static final Map<String, String> SNOMED_CT = Map.ofEntries(Map.entry("T-A0100", "12738006"),
            Map.entry("T-A1600", "35764002"), Map.entry("T-A2970", "87463005"), Map.entry("T-A2980", "62872008"),
            Map.entry("T-A6000", "113305005"), Map.entry("T-A7010", "2748008"), Map.entry("T-B3000", "23451007"),
            Map.entry("T-04000", "76752008"), Map.entry("T-28000", "39607008"), Map.entry("T-32000", "80891009"),
            Map.entry("T-59000", "14742008"), Map.entry("T-62000", "10200004"), Map.entry("T-65000", "15776009"),
            Map.entry("T-71000", "64033007"), Map.entry("T-74000", "89837001"), Map.entry("T-92000", "41216001"),
            Map.entry("T-C3000", "78961009"), Map.entry("T-D0050", "85756007"), Map.entry("M-80003", "86049000"));

    private SnomedRt() {}

    /** @return the code of the same concept in SNOMED CT; empty if the code is of another scheme, or not known here */
    public static Optional<String> toSnomedCt(Code code) {
        return SCHEMES.contains(code.scheme()) ? Optional.ofNullable(SNOMED_CT.get(code.value())) : Optional.empty();
    }
}
