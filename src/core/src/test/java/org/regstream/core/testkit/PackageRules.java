package org.regstream.core.testkit;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;

/** What holds for the packages of every module. */
public final class PackageRules {

    private PackageRules() {}

    /** @param roots packages of the module
     *  @return its classes, those in packages below the roots too; without its tests */
    public static JavaClasses classesOf(String... roots) {
        return new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(roots);
    }

    /** Packages, each taken by itself, do not depend on each other in a circle. */
    public static ArchRule noCircles() {
        return slices().matching("org.regstream.(**)").should().beFreeOfCycles();
    }
}
