package rollcall.problem;

import java.io.IOException;
import java.util.Map;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

/**
 * Answers for requests that Tomcat refuses before they reach a controller, instead of its
 * page.
 */
class ProblemReportValve extends ErrorReportValve {

	private final Problems problems;

	ProblemReportValve(Problems problems) {
		this.problems = problems;
	}

	@Override
	protected void report(Request request, Response response, @Nullable Throwable failure) {
		if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
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
