package org.regstream.navigation;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.regstream.core.testkit.PackageRules;

class ArchitectureTest {

    private final JavaClasses navigation = PackageRules.classesOf("org.regstream.navigation");

    @Test
    void shouldHaveNoCircleOfPackages() {
        PackageRules.noCircles().check(navigation);
    }

    @Test
    void shouldEncodeMessagesWithoutTheServer() {
        noClasses().that().resideInAPackage("org.regstream.navigation").should().dependOnClassesThat()
                .resideInAnyPackage("org.regstream.navigation.server", "org.jboss..", "java.net..").check(navigation);
    }
}
