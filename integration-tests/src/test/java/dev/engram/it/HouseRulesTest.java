package dev.engram.it;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Which room may know which: the arrows of the house point one way. */
class HouseRulesTest {
    private static final String PROTO = "dev.engram.v1..";
    private static final String ENCODERS = "dev.engram.encoders..";
    private static final String STORE = "dev.engram.store..";
    private static final String STORE_SERVICE = "dev.engram.store.service..";
    private static final String RUNS = "dev.engram.runs..";
    private static final String INPUTS = "dev.engram.inputs..";
    private static final String TRAINER = "dev.engram.trainer..";
    private static final String METRICS = "dev.engram.metrics..";
    private static final String ATTACK = "dev.engram.attack..";
    private static final String PAGE = "dev.engram.ui..";
    private static final String LOCAL = "dev.engram.local..";

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.engram");
    }

    @Test
    void theContractsKnowNobody() {
        forbid(PROTO, ENCODERS, STORE, RUNS, INPUTS, TRAINER, METRICS, ATTACK, PAGE, LOCAL);
    }

    @Test
    void theScienceKnowsNoServiceNoContractAndNoStore() {
        forbid(ENCODERS, PROTO, STORE, RUNS, INPUTS, TRAINER, METRICS, ATTACK, PAGE, LOCAL, "io.quarkus..", "io.grpc..", "io.minio..", "jakarta..");
    }

    @Test
    void runsKnowNoService() {
        forbid(RUNS, ENCODERS, INPUTS, STORE_SERVICE, TRAINER, METRICS, ATTACK, PAGE, LOCAL);
    }

    @Test
    void whatIsReadOfOtherRunsKnowsNoService() {
        forbid(INPUTS, STORE_SERVICE, TRAINER, METRICS, ATTACK, PAGE, LOCAL);
    }

    @Test
    void theStoreKnowsNoScience() {
        forbid(STORE, ENCODERS, INPUTS, TRAINER, METRICS, ATTACK, PAGE, LOCAL);
    }

    @Test
    void servicesDoNotKnowEachOther() {
        forbid(TRAINER, METRICS, ATTACK, PAGE, LOCAL, STORE_SERVICE);
        forbid(METRICS, TRAINER, ATTACK, PAGE, LOCAL, STORE_SERVICE);
        forbid(ATTACK, TRAINER, METRICS, PAGE, LOCAL, STORE_SERVICE);
    }

    @Test
    void thePageSeesOnlyTheContracts() {
        forbid(PAGE, ENCODERS, STORE, RUNS, INPUTS, TRAINER, METRICS, ATTACK, LOCAL);
    }

    @Test
    void onlyTheEngineTouchesTheNativeLibrary() {
        noClasses().that().resideOutsideOfPackages(ENCODERS, "ai.djl..")
                .should().dependOnClassesThat().resideInAnyPackage("ai.djl..")
                .check(house);
    }

    @Test
    void namesSayWhatAClassIs() {
        noClasses().that().resideInAPackage("dev.engram..").and().resideOutsideOfPackage(PROTO)
                .should().haveNameMatching(".*(Helper|Helpers|Manager|Util|Utils)$")
                .check(house);
    }

    @Test
    void grpcClassesDoNotRunTheEngine() {
        noClasses().that().resideInAnyPackage("dev.engram.trainer.grpc..", "dev.engram.metrics.grpc..", "dev.engram.attack.grpc..")
                .should().dependOnClassesThat().resideInAnyPackage("dev.engram.encoders.engine..")
                .check(house);
    }

    private static void forbid(String room, String... others) {
        noClasses().that().resideInAPackage(room)
                .should().dependOnClassesThat().resideInAnyPackage(others)
                .because(room + " must not know them (docs/rationale.md)")
                .check(house);
    }
}
