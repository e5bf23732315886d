package rollcall.roll;

import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

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
 * Sends a response when its result is complete. No thread waits for the result, and
 * Spring MVC does not dispatch the request a second time: to wake a thread for each
 * request took more time than the fsync. This class only fills Tomcat's buffer. A thread
 * of Tomcat writes the buffer to the socket, so a client that does not read does not
 * delay other clients.
 */
@Component
class AsyncResponses {

	private static final Logger logger = LoggerFactory.getLogger(AsyncResponses.class);

	private final JsonMapper json;

	private final Problems problems;

	AsyncResponses(JsonMapper json, Problems problems) {
		this.json = json;
		this.problems = problems;
	}

	/**
	 * Answers 200 with the result as JSON, or the problem that it failed with.
	 * @param result the result; the answer is 503 if it is not complete after
	 * {@link RollCallService#ANSWER_TIMEOUT}
	 * @param ticket gives the member {@code ticket} of the answer 503, see
	 * {@link CodeTickets}; null for none
	 * @param request the request, which the caller must not use afterwards
	 * @param response its response
	 */
	void answer(CompletionStage<?> result, Supplier<@Nullable String> ticket, HttpServletRequest request,
			HttpServletResponse response) {
		response.setContentType(MediaType.APPLICATION_JSON_VALUE);
		AsyncContext context = request.startAsync(request, response);
		context.setTimeout(RollCallService.ANSWER_TIMEOUT.toMillis());
		Exchange exchange = new Exchange(context, ticket, request, response);
		context.addListener(exchange);
		result.whenComplete(exchange::finish);
	}

	/**
	 * A request that waits for its result. It is finished by the first of three events:
	 * the result, the time-out or a broken connection.
	 */
	private final class Exchange implements AsyncListener {

		private final AsyncContext context;

		private final Supplier<@Nullable String> ticket;

		private final HttpServletRequest request;

		private final HttpServletResponse response;

		private final AtomicBoolean finished = new AtomicBoolean();

		Exchange(AsyncContext context, Supplier<@Nullable String> ticket, HttpServletRequest request,
				HttpServletResponse response) {
			this.context = context;
			this.ticket = ticket;
			this.request = request;
			this.response = response;
		}

		void finish(@Nullable Object result, @Nullable Throwable failure) {
			if (!this.finished.compareAndSet(false, true)) {
				return;
			}
			try {
				if (failure != null) {
					AsyncResponses.this.problems.write(withTicket(failure), this.request, this.response);
				}
				else {
					// No Content-Length: with it Tomcat would write to
					// the socket at once, on the writer's thread.
					this.response.getOutputStream().write(AsyncResponses.this.json.writeValueAsBytes(result));
				}
			}
			catch (IOException | RuntimeException ex) {
				logger.debug("The client has disconnected", ex);
			}
			catch (Error ex) {
				// CompletableFuture, which calls this method, would ignore the error.
				logger.error("A request was not answered", ex);
			}
			this.context.complete();
		}

		private Throwable withTicket(Throwable failure) {
			if (failure instanceof StoreUnavailableException unavailable) {
				String repeatTicket = this.ticket.get();
				return (repeatTicket != null) ? unavailable.with(repeatTicket) : failure;
			}
			return failure;
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
