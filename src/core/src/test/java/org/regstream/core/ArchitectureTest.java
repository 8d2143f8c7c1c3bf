package org.regstream.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.time.Clock;
import org.junit.jupiter.api.Test;
import org.regstream.core.testkit.PackageRules;

class ArchitectureTest {

    private final JavaClasses core = PackageRules.classesOf("org.regstream.core");

    @Test
    void shouldHaveNoCircleOfPackages() {
        PackageRules.noCircles().check(core);
    }

    @Test
    void shouldDependOnTheJdkAlone() {
        classes().should().onlyDependOnClassesThat().resideInAnyPackage("java..", "org.regstream.core..").check(core);
    }

    /** Decision 0023: time comes with each event, whoever owns the state carries the effects out. */
    @Test
    void shouldStepWithoutClockThreadAndFiles() {
        noClasses().that().resideInAPackage("org.regstream.core.line").should().dependOnClassesThat()
                .resideInAnyPackage("java.util.concurrent..", "java.io..", "java.nio.file..", "java.net..")
                .orShould().dependOnClassesThat().areAssignableTo(Clock.class)
                .orShould().dependOnClassesThat().areAssignableTo(Thread.class).check(core);
    }
}
