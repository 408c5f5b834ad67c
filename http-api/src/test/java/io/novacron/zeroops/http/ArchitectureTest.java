package io.novacron.zeroops.http;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.novacron.zeroops.agents.core.State;
import io.novacron.zeroops.persistence.journal.Vocabulary;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rules of the whole; here, because only this module sees all the others. */
class ArchitectureTest {
    private static final String ROOT = "io.novacron.zeroops.";

    /** Each module may use those before it. */
    private static final List<String> MODULES = List.of("agents", "persistence", "runtime", "simulations", "http");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.novacron.zeroops");

    /** Methods by which the machine's clock or chance comes in, whatever their arguments. */
    private static final Set<String> CLOCKS_AND_DICE = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Math.random",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current",
            "java.util.random.RandomGenerator.getDefault",
            "java.util.random.RandomGenerator.of",
            "java.util.Collections.shuffle");

    /** Without a seed, these take one from the machine. */
    private static final Set<String> GENERATORS =
            Set.of("java.util.Random", "java.util.SplittableRandom", "java.security.SecureRandom");

    @Test
    void everyModuleIsSeen() {
        assertThat(MODULES.stream().filter(module -> ALL.stream()
                        .noneMatch(type -> type.getPackageName().startsWith(ROOT + module))))
                .isSubsetOf("runtime");
    }

    @Test
    void modulesDependInOneDirection() {
        for (int i = 0; i < MODULES.size(); i++) {
            String[] later = MODULES.subList(i + 1, MODULES.size()).stream()
                    .map(module -> ROOT + module + "..")
                    .toArray(String[]::new);
            if (later.length > 0) {
                noClasses()
                        .that()
                        .resideInAPackage(ROOT + MODULES.get(i) + "..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(later)
                        .allowEmptyShould(true)
                        .check(ALL);
            }
        }
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching(ROOT + "(*).(*)..").should().beFreeOfCycles().check(ALL);
    }

    /** A list of what they may use, so that what nobody thought of is forbidden. */
    @Test
    void agentsArePure() {
        classes()
                .that()
                .resideInAPackage(ROOT + "agents..")
                .should()
                .onlyDependOnClassesThat(resideInAPackage(ROOT + "agents..")
                        .or(resideInAPackage("java.lang.."))
                        .or(resideInAPackage("java.math"))
                        .or(resideInAPackage("java.nio.charset"))
                        .or(resideInAPackage("java.security"))
                        .or(resideInAPackage("java.time.."))
                        .or(resideInAPackage("java.util"))
                        .or(resideInAPackage("java.util.function"))
                        .or(resideInAPackage("java.util.regex"))
                        .or(resideInAPackage("java.util.stream"))
                        .or(resideInAPackage("org.pcollections"))
                        .or(resideInAPackage("org.jspecify..")))
                .check(ALL);
        noClasses()
                .that()
                .resideInAPackage(ROOT + "agents..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(InstantSource.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Process.class)
                .check(ALL);
    }

    @Test
    void everyAgentsStateIsKnownToSnapshots() {
        assertThat(ALL.stream()
                        .filter(type -> type.isAssignableTo(State.class) && !type.isInterface())
                        .map(JavaClass::getName))
                .containsExactlyInAnyOrderElementsOf(
                        Vocabulary.states().stream().map(Class::getName).toList());
    }

    @Test
    void simulationsAndAgentsReadNoClockAndThrowNoDice() {
        noClasses()
                .that()
                .resideInAnyPackage(ROOT + "agents..", ROOT + "simulations..")
                .should()
                .accessTargetWhere(readsTheMachine())
                .check(ALL);
    }

    @Test
    void onlyTheRuntimeKnowsItsActors() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + "agents..",
                        ROOT + "simulations..",
                        ROOT + "runtime.signal..",
                        ROOT + "runtime.learning..",
                        ROOT + "runtime.settings..")
                .and()
                .resideOutsideOfPackage(ROOT + "simulations.bench..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("akka..")
                .check(ALL);
    }

    @Test
    void everyPackageSaysWhatItIsAndRulesOutNull() {
        Set<String> described = ALL.stream()
                .filter(type -> type.getSimpleName().equals("package-info") && type.isAnnotatedWith(NullMarked.class))
                .map(JavaClass::getPackageName)
                .collect(Collectors.toSet());
        assertThat(ALL.stream().map(JavaClass::getPackageName).distinct()).isSubsetOf(described);
    }

    private static DescribedPredicate<JavaAccess<?>> readsTheMachine() {
        return DescribedPredicate.describe("read the machine's clock or chance", ArchitectureTest::readsTheMachine);
    }

    private static boolean readsTheMachine(JavaAccess<?> access) {
        JavaClass owner = access.getTargetOwner();
        String name = access.getTarget().getName();
        boolean isNow = owner.getPackageName().equals("java.time") && name.equals("now");
        boolean isSystem = owner.isAssignableTo(InstantSource.class) && name.startsWith("system");
        boolean isUnseeded = access instanceof JavaCodeUnitAccess<?> call
                && name.equals("<init>")
                && GENERATORS.contains(owner.getName())
                && call.getTarget().getRawParameterTypes().isEmpty();
        return isNow || isSystem || isUnseeded || CLOCKS_AND_DICE.contains(owner.getName() + "." + name);
    }
}
