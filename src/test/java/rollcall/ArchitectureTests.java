package rollcall;

import java.util.List;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import org.apache.coyote.ProtocolHandler;
import org.junit.jupiter.api.Test;
import rollcall.problem.ProblemException;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

/**
 * The rules of the house, each with its reason.
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
	void rollKnowsNeitherLiveNorAccessNorConsole() {
		check(noClasses().that()
			.resideInAPackage("rollcall.roll..")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("rollcall.live..", "rollcall.access..", "rollcall.console..")
			.because("the roll is the feature: sockets, accounts and consoles come and go around it"));
	}

	@Test
	void problemKnowsNobody() {
		check(noClasses().that()
			.resideInAPackage("rollcall.problem..")
			.should()
			.dependOnClassesThat(inTheHouseOutside("rollcall.problem"))
			.because("everybody answers with problems, so they may depend on nobody"));
	}

	@Test
	void consoleKnowsOnlyTheContract() {
		check(noClasses().that()
			.resideInAPackage("rollcall.console..")
			.should()
			.dependOnClassesThat(inTheHouseOutside("rollcall.console")
				.and(DescribedPredicate.describe("are no contract records", (type) -> !type.isRecord())))
			.allowEmptyShould(true)
			.because("a console is a client like any other and starts at once, without the server's classes"));
	}

	@Test
	void packagesHaveNoCycles() {
		check(slices().matching("rollcall.(*)..")
			.should()
			.beFreeOfCycles()
			.because("what depends on itself can only be understood as a whole"));
	}

	@Test
	void filesHaveNoCycles() {
		check(slices().assignedFrom(FILES)
			.should()
			.beFreeOfCycles()
			.because("files that use each other can only be understood together"));
	}

	@Test
	void rollDoesNotKnowItsStores() {
		check(noClasses().that()
			.resideInAPackage("rollcall.roll")
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("rollcall.roll.sqlite..", "rollcall.roll.postgres..")
			.because("the rules are the same for every store, and a store can be replaced"));
	}

	@Test
	void storesKnowOnlyTheRoll() {
		check(noClasses().that()
			.resideInAPackage("rollcall.roll.sqlite..")
			.should()
			.dependOnClassesThat(ofTheProjectOutside("rollcall.roll", "rollcall.roll.sqlite", "rollcall.settings"))
			.because("a store serves the roll; a failed start is a StartupFailure"));
		check(noClasses().that()
			.resideInAPackage("rollcall.roll.postgres..")
			.should()
			.dependOnClassesThat(ofTheProjectOutside("rollcall.roll", "rollcall.roll.postgres", "rollcall.settings"))
			.because("a store serves the roll; a failed start is a StartupFailure"));
	}

	@Test
	void onlyAStoreKnowsItsDriver() {
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
	void nothingIsInjectedIntoFields() {
		check(noFields().should()
			.beAnnotatedWith(Autowired.class)
			.orShould()
			.beAnnotatedWith(Value.class)
			.because("a constructor says what is needed, and final fields hold it"));
		check(noMethods().should().beAnnotatedWith(Autowired.class).because("a constructor says what is needed"));
	}

	@Test
	void rollHasNoDeclaredTransactions() {
		String reason = "the push must follow the commit, visibly";
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
	void timeComesFromTheClock() {
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
			.because("the clock is injected, so that a test can turn it back"));
	}

	@Test
	void onlyConsolesPrint() {
		check(noClasses().that()
			.resideOutsideOfPackage("rollcall.console..")
			.and()
			.doNotHaveFullyQualifiedName("rollcall.Main")
			.should()
			.accessField(System.class, "out")
			.orShould()
			.accessField(System.class, "err")
			.because("a server has a log"));
	}

	@Test
	void namesAreNounsOfTheDomain() {
		check(noClasses().should()
			.haveNameMatching(".*(Impl|Utils?|Manager|DTO|Dto|Helper)")
			.because("such a name says what a class is made like, not what it is for"));
	}

	@Test
	void fieldsOfBeansAreHidden() {
		check(fields().that()
			.areNotStatic()
			.and()
			.doNotHaveModifier(JavaModifier.SYNTHETIC)
			.and()
			.areDeclaredInClassesThat()
			.areNotRecords()
			.should()
			.bePrivate()
			.because("who may change a field is to be seen in one file"));
	}

	@Test
	void typesAreHiddenUnlessTheyAreTheContractOrAnotherPackageNeedsThem() {
		check(classes().that()
			.areTopLevelClasses()
			.and()
			.arePublic()
			.and()
			.areNotRecords()
			.and()
			.areNotAssignableTo(ProblemException.class)
			.and()
			.areNotAnnotatedWith(Service.class)
			.and()
			.areNotAssignableTo(ProtocolHandler.class)
			.and()
			.doNotHaveFullyQualifiedName("rollcall.Main")
			.and()
			.doNotHaveFullyQualifiedName("rollcall.RollCallApplication")
			.should(beNeededByAnotherPackage())
			.because("what is hidden can be changed without asking anybody"));
	}

	/**
	 * Used by a class of another package, or shown by the signature of a public type that
	 * is.
	 */
	private static ArchCondition<JavaClass> beNeededByAnotherPackage() {
		return new ArchCondition<>("be needed by another package") {

			@Override
			public void check(JavaClass type, ConditionEvents events) {
				boolean needed = type.getDirectDependenciesToSelf()
					.stream()
					.map((dependency) -> dependency.getOriginClass())
					.anyMatch((user) -> !user.getPackageName().equals(type.getPackageName())
							|| user.getModifiers().contains(JavaModifier.PUBLIC));
				if (!needed) {
					events.add(SimpleConditionEvent.violated(type, type.getName() + " is public for nobody"));
				}
			}
		};
	}

	private static DescribedPredicate<JavaClass> ofTheProjectOutside(String... packages) {
		return DescribedPredicate.describe("are of the project but outside " + List.of(packages),
				(type) -> type.getPackageName().startsWith("rollcall")
						&& !List.of(packages).contains(type.getPackageName()));
	}

	private static DescribedPredicate<JavaClass> inTheHouseOutside(String packageName) {
		return DescribedPredicate.describe("are of the house but outside " + packageName,
				(type) -> type.getPackageName().startsWith("rollcall")
						&& !type.getPackageName().startsWith(packageName));
	}

	private static void check(ArchRule rule) {
		rule.check(CLASSES);
	}

}
