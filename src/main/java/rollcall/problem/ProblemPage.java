package rollcall.problem;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Answers a person in a browser with a page instead of a JSON problem.
 */
public interface ProblemPage {

	/**
	 * Writes the page of a problem, if it has one.
	 * @param type the problem
	 * @param request the request, for the reader's language and the path
	 * @param response its response, not committed
	 * @return false if the problem has no page, because it is an answer of the API
	 * @throws IOException if the connection is broken
	 */
	boolean write(ProblemType type, HttpServletRequest request, HttpServletResponse response) throws IOException;

}
