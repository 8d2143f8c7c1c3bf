package org.regstream.service;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.regstream.core.testkit.PackageRules;

/** A frame walks one way: channel, procedure, line; what comes of it goes out through ports of the line's. */
class ArchitectureTest {

    private static final String SERVICE = "org.regstream.service";
    private static final String LINE = SERVICE + ".line";

    private final JavaClasses service = PackageRules.classesOf(SERVICE);

    @Test
    void shouldHaveNoCircleOfPackages() {
        PackageRules.noCircles().check(service);
    }

    /** What comes in, what goes out and what is measured knows the line, not the other way round. Of a framework it knows the message alone that a held frame is settled by. */
    @Test
    void shouldRunALineThatKnowsNothingAroundIt() {
        noClasses().that().resideInAPackage(LINE).should()
                .dependOnClassesThat(resideInAPackage(SERVICE + "..").and(not(resideInAPackage(LINE))))
                .orShould().dependOnClassesThat().resideInAnyPackage("io.quarkus..", "jakarta..", "org.apache.kafka..",
                        "io.smallrye..", "io.micrometer..")
                .check(service);
    }

    @Test
    void shouldFindProceduresWithoutWhatGoesInAndOut() {
        noClasses().that().resideInAPackage(SERVICE + ".procedure").should().dependOnClassesThat()
                .resideInAnyPackage(SERVICE + ".channel", SERVICE + ".publish", SERVICE + ".page",
                        SERVICE + ".dicomweb", SERVICE + ".alert", SERVICE + ".rest")
                .check(service);
    }

    /** The two ends of the walk: nobody but the wiring knows them. */
    @ParameterizedTest
    @ValueSource(strings = {"channel", "publish"})
    void shouldKnowTheEndsOfTheWalkInTheWiringAlone(String end) {
        classes().that().resideInAPackage(SERVICE + "." + end).should().onlyHaveDependentClassesThat()
                .resideInAnyPackage(SERVICE + "." + end, SERVICE + ".wiring").check(service);
    }

    @Test
    void shouldKnowTheWiringNowhere() {
        noClasses().that(not(resideInAnyPackage(SERVICE + ".wiring"))).should().dependOnClassesThat()
                .resideInAPackage(SERVICE + ".wiring").check(service);
    }

    /** OpenIGTLink is spoken in the module navigation, and led to the line by one listener. */
    @Test
    void shouldKnowNavigationWhereItIsLedIn() {
        noClasses().that(not(resideInAnyPackage(SERVICE + ".publish", SERVICE + ".wiring", SERVICE + ".metrics")))
                .should().dependOnClassesThat().resideInAPackage("org.regstream.navigation..").check(service);
    }
}
