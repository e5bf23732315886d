package rollcall.access;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Lets a teacher in. Which one is there depends on the settings: {@link ProtectedMode}
 * while no teacher is configured, {@link AccountsConfiguration} from then on.
 */
@FunctionalInterface
interface Door {

	/**
	 * Passes a teacher's request on with {@link rollcall.roll.Teacher#ATTRIBUTE} set, and
	 * answers any other itself.
	 */
	void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException;

}
