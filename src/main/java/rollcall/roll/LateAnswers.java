package rollcall.roll;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rollcall.problem.Problems;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;

/**
 * Answers a request when its result is there, without a thread that waits and without a
 * second way through Spring MVC: waking a thread for each request cost more than the
 * fsync. The answer goes into Tomcat's buffer only; the socket is written by Tomcat's own
 * thread, so that a client that does not read holds up nobody.
 */
@Component
class LateAnswers {

	private static final Logger logger = LoggerFactory.getLogger(LateAnswers.class);

	private final JsonMapper json;

	private final Problems problems;

	LateAnswers(JsonMapper json, Problems problems) {
		this.json = json;
		this.problems = problems;
	}

	/**
	 * Answers 200 with the result as JSON, or with the problem that it failed with.
	 * @param result what to wait for; 503 if it is not there after
	 * {@link RollCallService#ANSWER_TIMEOUT}
	 * @param request the request, which the caller leaves alone from here on
	 * @param response its response
	 */
	void answer(CompletionStage<?> result, HttpServletRequest request, HttpServletResponse response) {
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		AsyncContext context = request.startAsync(request, response);
		context.setTimeout(RollCallService.ANSWER_TIMEOUT.toMillis());
		Exchange exchange = new Exchange(context, request, response);
		context.addListener(exchange);
		result.whenComplete(exchange::finish);
	}

	/**
	 * One request that waits. Whoever is first, result, time-out or broken connection,
	 * has it.
	 */
	private final class Exchange implements AsyncListener {

		private final AsyncContext context;

		private final HttpServletRequest request;

		private final HttpServletResponse response;

		private final AtomicBoolean finished = new AtomicBoolean();

		Exchange(AsyncContext context, HttpServletRequest request, HttpServletResponse response) {
			this.context = context;
			this.request = request;
			this.response = response;
		}

		void finish(@Nullable Object result, @Nullable Throwable failure) {
			if (!this.finished.compareAndSet(false, true)) {
				return;
			}
			try {
				if (failure != null) {
					LateAnswers.this.problems.write(failure, this.request, this.response);
				}
				else {
					// Without a length: Tomcat sends what it knows to be complete at
					// once, on this thread.
					this.response.getOutputStream().write(LateAnswers.this.json.writeValueAsBytes(result));
				}
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("The client is gone", ex);
			}
			catch (Error ex) {
				// The future that calls this would keep it to itself.
				logger.error("A request was not answered", ex);
			}
			this.context.complete();
		}

		@Override
		public void onTimeout(AsyncEvent event) {
			finish(null, StoreUnavailableException.failed());
		}

		@Override
		public void onError(AsyncEvent event) {
			if (this.finished.compareAndSet(false, true)) {
				this.context.complete();
			}
		}

		@Override
		public void onComplete(AsyncEvent event) {
		}

		@Override
		public void onStartAsync(AsyncEvent event) {
		}

	}

}
