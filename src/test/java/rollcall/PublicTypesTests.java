package rollcall;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A type is hidden in its package unless it is in this list. A hidden type can change
 * without an effect on other packages.
 */
class PublicTypesTests {

	private static final String RECORD = "contract: a body of the API, which the consoles and pages read too";

	private static final String START = "the JVM, Tomcat or a test starts it by its name";

	private static final String STORE = "the packages of the stores implement or use it";

	private static final Map<String, String> REASONS = new TreeMap<>(Map.ofEntries(Map.entry("Main", START),
			Map.entry("RollCallApplication", START), Map.entry("load.BoundedConnections", START),
			Map.entry("access.HashPassword", "Main runs it"), Map.entry("console.Console", "Main runs it"),
			Map.entry("load.OutOfMemoryExit", "the start installs it"),
			Map.entry("access.LoginWays", "the login page shows the form only if a teacher has a password"),
			Map.entry("access.PublicUrl", "Spring binds it, and the login page links to it"),
			Map.entry("access.StudentAddress", "pages show it as the address for phones"),
			Map.entry("problem.ProblemException", "every package reports errors with it"),
			Map.entry("problem.ProblemPage", "pages implement it"),
			Map.entry("problem.ProblemType", "every package reports errors with it"),
			Map.entry("problem.Problems", "filters and valves write errors with it"),
			Map.entry("settings.StartupFailure", "every package stops a start with it"),
			Map.entry("roll.CurrentRoll", RECORD), Map.entry("roll.KeptSheet", RECORD),
			Map.entry("roll.OpenRoll", RECORD), Map.entry("roll.Presence", RECORD),
			Map.entry("roll.PresenceReceipt", RECORD), Map.entry("roll.PresenceRequest", RECORD),
			Map.entry("roll.RollEvent", RECORD), Map.entry("roll.Sheet", RECORD), Map.entry("roll.StartedRoll", RECORD),
			Map.entry("roll.ClientNetwork", "access and pages limit guesses from one network"),
			Map.entry("roll.ClassId", "contract: the value in a path"),
			Map.entry("roll.CodeTickets", "the student's page issues tickets for links"),
			Map.entry("roll.Hmac", "access signs a cookie with it"),
			Map.entry("roll.RollCode", "the student's page reads the code of a link"),
			Map.entry("roll.SentPresences", "the student's page sends presences"),
			Map.entry("roll.StudentId", "contract: the value in a body or a form"),
			Map.entry("roll.StudentTimes", "the student's page shows how long students may answer"),
			Map.entry("roll.TimesLeft", "the student's page shows it"),
			Map.entry("roll.ProjectedRoll", "the projector's page shows it"),
			Map.entry("roll.ShownCodes", "the projector's page shows them"),
			Map.entry("roll.ProjectorToken", "the value in the path of the projector's page"),
			Map.entry("roll.RollCallService", "pages call it"),
			Map.entry("roll.RollStore", "live asks it who may watch a roll"),
			Map.entry("roll.StoreUnavailableException", "pages tell the student to try again"),
			Map.entry("roll.Subscribers", "live implements it"),
			Map.entry("roll.Teacher", "access creates it for each request"), Map.entry("roll.Change", STORE),
			Map.entry("roll.LiveFeed", STORE), Map.entry("roll.OpenRow", STORE),
			Map.entry("roll.RollCallProperties", STORE), Map.entry("roll.Statements", STORE),
			Map.entry("roll.StoreDatabase", STORE), Map.entry("roll.StoreException", STORE),
			Map.entry("roll.StoreSession", STORE), Map.entry("roll.RollOptions", STORE),
			Map.entry("roll.Status", STORE), Map.entry("roll.StudentRow", STORE), Map.entry("roll.Worker", STORE)));

	@Test
	void publicTypesAreInTheList() {
		Map<String, String> actual = new ClassFileImporter()
			.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
			.importPackages("rollcall")
			.stream()
			.filter((type) -> type.isTopLevelClass() && type.getModifiers().contains(JavaModifier.PUBLIC))
			.map(JavaClass::getName)
			.filter((name) -> !name.endsWith("package-info"))
			.collect(Collectors.toMap((name) -> name.substring("rollcall.".length()),
					(name) -> REASONS.getOrDefault(name.substring("rollcall.".length()), "not in the list")));
		assertThat(actual).containsExactlyInAnyOrderEntriesOf(REASONS);
	}

}
