package io.netverdict.it.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Dependencies between modules point one way, in the order in which data flows. */
@AnalyzeClasses(packages = "io.netverdict", importOptions = ImportOption.DoNotIncludeTests.class)
class ModuleDirectionsTest {
    private static final String NATIVE_LIB = "native-lib";
    private static final String CAPTURE_CORE = "capture-core";
    private static final String CORRELATOR = "correlator";
    private static final String STORAGE = "storage";
    private static final String SERVICE = "service";
    private static final String ERROR_HOOK = "error-hook";

    @ArchTest
    static final ArchRule modulesShouldKnowOnlyThoseBeforeThem =
            layeredArchitecture()
                    .consideringOnlyDependenciesInLayers()
                    .layer(NATIVE_LIB)
                    .definedBy("io.netverdict.nativelib..")
                    .layer(CAPTURE_CORE)
                    .definedBy("io.netverdict.capture..")
                    .layer(CORRELATOR)
                    .definedBy("io.netverdict.correlator..")
                    .layer(STORAGE)
                    .definedBy("io.netverdict.storage..")
                    .layer(SERVICE)
                    .definedBy("io.netverdict.service..")
                    .optionalLayer(ERROR_HOOK)
                    .definedBy("io.netverdict.hook..", "io.netverdict.errorhook..")
                    .whereLayer(NATIVE_LIB)
                    .mayNotAccessAnyLayer()
                    .whereLayer(CAPTURE_CORE)
                    .mayOnlyAccessLayers(NATIVE_LIB)
                    .whereLayer(CORRELATOR)
                    .mayOnlyAccessLayers(CAPTURE_CORE)
                    .whereLayer(STORAGE)
                    .mayOnlyAccessLayers(CORRELATOR, CAPTURE_CORE)
                    .whereLayer(SERVICE)
                    .mayNotBeAccessedByAnyLayer()
                    .whereLayer(ERROR_HOOK)
                    .mayNotAccessAnyLayer()
                    .whereLayer(ERROR_HOOK)
                    .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule onlyTheServiceShouldServeOrKnowTheCommandLine =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.netverdict.service..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.javalin..", "org.eclipse.jetty..", "picocli..");

    @ArchTest
    static final ArchRule onlyStorageShouldKnowTheDatabase =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("io.netverdict.storage..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("org.h2..", "org.jdbi..", "org.flywaydb..", "java.sql..");

    @ArchTest
    static final ArchRule captureShouldKnowNoJson =
            noClasses()
                    .that()
                    .resideInAnyPackage("io.netverdict.capture..", "io.netverdict.nativelib..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("com.fasterxml..", "io.kaitai..");
}
