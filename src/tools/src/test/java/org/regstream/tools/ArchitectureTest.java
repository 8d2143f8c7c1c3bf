package org.regstream.tools;

import org.junit.jupiter.api.Test;
import org.regstream.core.testkit.PackageRules;

class ArchitectureTest {

    @Test
    void shouldHaveNoCircleOfPackages() {
        PackageRules.noCircles()
                .check(PackageRules.classesOf("org.regstream.tools", "org.regstream.wire", "org.regstream.eventlog"));
    }
}
