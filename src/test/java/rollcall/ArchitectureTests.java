package rollcall;

import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.annotation.Testable;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.CookieValue;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The architecture rules, each with its reason.
 */
class ArchitectureTests {

	/** Each file of the project is a slice: a nested class belongs to its file. */
	private static final SliceAssignment FILES = new SliceAssignment() {

		@Override
		public SliceIdentifier getIdentifierOf(JavaClass type) {
			JavaClass base = type.getBaseComponentType();
			return base.getPackageName().startsWith("rollcall")
					? SliceIdentifier.of(base.getName().replaceFirst("\\$.*", "")) : SliceIdentifier.ignore();
		}

		@Override
		public String getDescription() {
			return "files";
		}
	};

	private static final JavaClasses CLASSES = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages("rollcall");

	@Test
	void rollDoesNotDependOnLiveAccessOrConsole() {
		check(noClasses().that()
			.resideInAPackage("rollcall.roll..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("rollcall.live..", "rollcall.access..", "rollcall.console..")
			.because("roll is the feature; sockets, accounts and consoles depend on it, not the reverse"));
	}

	@Test
	void problemDependsOnNoOtherPackage() {
		check(noClasses().that()
			.resideInAPackage("rollcall.problem..")
			.should()
			.dependOnClassesThat(inRollcallOutside("rollcall.problem"))
			.because("all packages depend on problem"));
	}

	@Test
	void consoleDependsOnlyOnContractRecords() {
		check(noClasses().that()
			.resideInAPackage("rollcall.console..")
			.should()
			.dependOnClassesThat(inRollcallOutside("rollcall.console")
				.and(DescribedPredicate.describe("are not contract records", (type) -> !type.isRecord())))
			.allowEmptyShould(true)
			.because("a console is a client like any other, and starts fast without the server's classes"));
	}

	@Test
	void packagesHaveNoCycles() {
		check(slices().matching("rollcall.(*)..")
			.should()
			.beFreeOfCycles()
			.because("packages in a cycle can be understood only together"));
	}

	@Test
	void filesHaveNoCycles() {
		check(slices().assignedFrom(FILES)
			.should()
			.beFreeOfCycles()
			.because("files that use each other can only be understood together"));
	}

	@Test
	void rollDoesNotDependOnItsStores() {
		check(noClasses().that()
			.resideInAPackage("rollcall.roll")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("rollcall.roll.sqlite..", "rollcall.roll.postgres..")
			.because("the rules are the same for every store, and a store can be replaced"));
	}

	@Test
	void storesDependOnlyOnRoll() {
		check(noClasses().that()
			.resideInAPackage("rollcall.roll.sqlite..")
			.should()
			.dependOnClassesThat(inRollcallOutside("rollcall.roll", "rollcall.roll.sqlite", "rollcall.settings"))
			.because("a store serves the roll; a failed start is a StartupFailure"));
		check(noClasses().that()
			.resideInAPackage("rollcall.roll.postgres..")
			.should()
			.dependOnClassesThat(inRollcallOutside("rollcall.roll", "rollcall.roll.postgres", "rollcall.settings"))
			.because("a store serves the roll; a failed start is a StartupFailure"));
	}

	@Test
	void onlyAStoreDependsOnItsDriver() {
		check(noClasses().that()
			.resideOutsideOfPackage("rollcall.roll.postgres..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.postgresql..")
			.because("what is special about PostgreSQL is in one package"));
		check(noClasses().that()
			.resideOutsideOfPackage("rollcall.roll.sqlite..")
			.should()
			.dependOnClassesThat()
			.resideInAPackage("org.sqlite..")
			.because("what is special about SQLite is in one package"));
	}

	@Test
	void cookiesAreReadAsTheyWereSent() {
		check(noClasses().should()
			.dependOnClassesThat()
			.areAssignableTo(CookieValue.class)
			.because("Spring decodes such a value, and throws an exception if a client sends a single percent sign"));
	}

	@Test
	void dependenciesAreInjectedByConstructors() {
		check(noFields().should()
			.beAnnotatedWith(Autowired.class)
			.orShould()
			.beAnnotatedWith(Value.class)
			.because("a constructor names all dependencies, and final fields hold them"));
		check(noMethods().should().beAnnotatedWith(Autowired.class).because("a constructor names all dependencies"));
	}

	@Test
	void rollUsesNoTransactionalAnnotation() {
		String reason = "the code must show that the push follows the commit";
		check(noClasses().that()
			.resideInAPackage("rollcall.roll..")
			.should()
			.beAnnotatedWith(Transactional.class)
			.because(reason));
		check(methods().that()
			.areDeclaredInClassesThat()
			.resideInAPackage("rollcall.roll..")
			.should()
			.notBeAnnotatedWith(Transactional.class)
			.because(reason));
	}

	@Test
	void timeComesFromTheInjectedClock() {
		check(noClasses().should()
			.callMethod(System.class, "currentTimeMillis")
			.orShould()
			.callMethod(java.time.Instant.class, "now")
			.orShould()
			.callMethod(java.time.LocalDateTime.class, "now")
			.orShould()
			.callMethod(java.time.ZonedDateTime.class, "now")
			.orShould()
			.dependOnClassesThat()
			.areAssignableTo(java.util.Date.class)
			.because("the clock is injected, so that a test can change the time"));
	}

	@Test
	void onlyConsolesUseStandardOutput() {
		check(noClasses().that()
			.resideOutsideOfPackage("rollcall.console..")
			.and()
			.doNotHaveFullyQualifiedName("rollcall.Main")
			.should()
			.accessField(System.class, "out")
			.orShould()
			.accessField(System.class, "err")
			.because("the server writes to its log"));
	}

	@Test
	void namesDoNotUseGenericSuffixes() {
		check(noClasses().should()
			.haveNameMatching(".*(Impl|Utils?|Manager|DTO|Dto|Helper)")
			.because("such a suffix says nothing about the task of a class"));
	}

	@Test
	void fieldsArePrivate() {
		check(fields().that()
			.areNotStatic()
			.and()
			.doNotHaveModifier(JavaModifier.SYNTHETIC)
			.and()
			.areDeclaredInClassesThat()
			.areNotRecords()
			.should()
			.bePrivate()
			.because("only the code of one file can change such a field"));
	}

	@Test
	void testClassesAreNamedTestsOrIT() {
		classes().that(DescribedPredicate.describe("have tests", ArchitectureTests::hasTests))
			.should()
			.haveSimpleNameEndingWith("Tests")
			.orShould()
			.haveSimpleNameEndingWith("IT")
			.because("Maven runs no other classes as tests")
			.check(new ClassFileImporter().withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
				.importPackages("rollcall"));
	}

	private static boolean hasTests(JavaClass type) {
		return type.isTopLevelClass() && !type.getModifiers().contains(JavaModifier.ABSTRACT) && type.getAllMethods()
			.stream()
			.anyMatch((method) -> method.isAnnotatedWith(Test.class) || method.isMetaAnnotatedWith(Testable.class));
	}

	private static DescribedPredicate<JavaClass> inRollcallOutside(String... packages) {
		return DescribedPredicate.describe("are in rollcall but outside " + List.of(packages),
				(type) -> type.getPackageName().startsWith("rollcall")
						&& !List.of(packages).contains(type.getPackageName()));
	}

	private static void check(ArchRule rule) {
		rule.check(CLASSES);
	}

}
