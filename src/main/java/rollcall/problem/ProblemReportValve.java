package rollcall.problem;

import java.io.IOException;
import java.util.Map;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Writes the problem of an error that has no body yet: Tomcat's own refusals, and errors
 * of which Spring sets the status only.
 */
class ProblemReportValve extends ErrorReportValve {

	private final Problems problems;

	ProblemReportValve(Problems problems) {
		this.problems = problems;
	}

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		if (response.getStatus() < 400 || response.getContentWritten() > 0) {
			return;
		}
		try {
			this.problems.write(new ProblemException(ProblemType.ofStatus(response.getStatus()), Map.of()),
					request.getLocale(), response);
			response.finishResponse();
		}
		catch (IOException ex) {
			// The client is gone: there is nobody to tell.
		}
	}

}
