package rollcall.problem;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers for controllers that throw.
 */
@RestControllerAdvice
class ProblemAdvice {

	private final Problems problems;

	ProblemAdvice(Problems problems) {
		this.problems = problems;
	}

	@ExceptionHandler
	void answer(Exception failure, HttpServletRequest request, HttpServletResponse response) throws IOException {
		if (!response.isCommitted()) {
			FailedAnswer.clear(response);
			this.problems.write(failure, request, response);
		}
	}

}
