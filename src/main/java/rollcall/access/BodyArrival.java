package rollcall.access;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rollcall.access.BodyFilter.Refusal;
import rollcall.problem.ProblemType;

/**
 * One body on its way. When all of it is there the request goes on as if it had just
 * come.
 */
final class BodyArrival implements ReadListener, AsyncListener {

	private static final Logger logger = LoggerFactory.getLogger(BodyArrival.class);

	private final AsyncContext context;

	private final ArrivedRequest request;

	private final Refusal refusal;

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private final byte[] piece = new byte[1_024];

	private final AtomicBoolean over = new AtomicBoolean();

	BodyArrival(AsyncContext context, ArrivedRequest request, Refusal refusal) {
		this.context = context;
		this.request = request;
		this.refusal = refusal;
		context.addListener(this);
	}

	@Override
	public void onDataAvailable() {
		try {
			readOn(this.request.getRequest().getInputStream());
		}
		catch (IOException ex) {
			// Answered here: Tomcat would close without a word.
			onError(ex);
		}
	}

	private void readOn(ServletInputStream in) throws IOException {
		while (in.isReady()) {
			int count = in.read(this.piece);
			if (count < 0) {
				return;
			}
			this.body.write(this.piece, 0, count);
			if (this.body.size() > BodyFilter.MAX_BODY_BYTES) {
				refuse(ProblemType.BODY_TOO_LARGE);
				return;
			}
		}
	}

	@Override
	public void onAllDataRead() {
		if (this.over.compareAndSet(false, true)) {
			this.request.arrived(this.body.toByteArray());
			this.context.dispatch();
		}
	}

	@Override
	public void onError(Throwable failure) {
		logger.debug("The client is gone", failure);
		refuse(ProblemType.BAD_REQUEST);
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		refuse(ProblemType.REQUEST_TIMEOUT);
	}

	@Override
	public void onError(AsyncEvent event) {
		onError(event.getThrowable());
	}

	@Override
	public void onComplete(AsyncEvent event) {
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
	}

	private void refuse(ProblemType type) {
		if (!this.over.compareAndSet(false, true)) {
			return;
		}
		try {
			this.refusal.write(type, this.request, (HttpServletResponse) this.context.getResponse());
		}
		catch (IOException | RuntimeException ex) {
			logger.debug("The client is gone", ex);
		}
		this.context.complete();
	}

}
