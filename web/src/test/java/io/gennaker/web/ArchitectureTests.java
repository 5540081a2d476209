package io.gennaker.web;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The edges between the modules, and packages free of cycles.
 */
class ArchitectureTests {

	private static JavaClasses classes;

	@BeforeAll
	static void readClasses() {
		classes = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("io.gennaker");
	}

	@Test
	void modulesSeeOnlyWhatLiesBelowThem() {
		layeredArchitecture().consideringOnlyDependenciesInLayers()
			.layer("pipelines")
			.definedBy("io.gennaker.pipelines..")
			.layer("workflows")
			.definedBy("io.gennaker.workflows..")
			.layer("activities")
			.definedBy("io.gennaker.activities..")
			.layer("web")
			.definedBy("io.gennaker.web..")
			.whereLayer("web")
			.mayNotBeAccessedByAnyLayer()
			.whereLayer("activities")
			.mayOnlyBeAccessedByLayers("web")
			.whereLayer("workflows")
			.mayOnlyBeAccessedByLayers("activities", "web")
			.because("a reader guesses from the folders how a release flows")
			.check(classes);
	}

	@Test
	void theLanguageIsPure() {
		ArchRule rule = classes().that()
			.resideInAPackage("io.gennaker.pipelines..")
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage("java..", "org.jspecify..", "org.snakeyaml..", "dev.cel..", "com.google.protobuf..",
					"com.google.common..", "com.google.re2j..", "io.gennaker.pipelines..")
			.because("the pipeline language is used by tools that run no service");
		rule.check(classes);
	}

	@Test
	void workflowsAreDeterministic() {
		noClasses().that()
			.resideInAPackage("io.gennaker.workflows..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "io.fabric8..", "java.sql..", "java.net..", "java.io..",
					"java.util.concurrent.atomic..", "java.util.concurrent.locks..")
			.because("a workflow's history must replay to the same decisions anywhere")
			.check(classes);
	}

	@Test
	void activitiesKnowNoDatabaseAndNoSpring() {
		noClasses().that()
			.resideInAPackage("io.gennaker.activities..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework..", "java.sql..")
			.because("an agent in a member cluster runs them without the service")
			.check(classes);
	}

	@Test
	void packagesHaveNoCycles() {
		slices().matching("io.gennaker.(*).(**)")
			.should()
			.beFreeOfCycles()
			.because("what changes together lies together")
			.check(classes);
	}

	@Test
	void nothingIsNamedForItsLackOfAName() {
		noClasses().should()
			.haveNameMatching(".*(Util|Utils|Helper|Helpers|Manager|Impl)")
			.because("a name says what the class does")
			.check(classes);
	}

}
