package rollcall.problem;

import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Limits warnings and errors in the log, because any client may cause one with each
 * request. Of each kind (logger and exception class) it writes the first five in a
 * minute; the next line after that minute reports how many were left out.
 */
@Component
class LogLimit extends TurboFilter implements InitializingBean, DisposableBean {

	static final int PER_MINUTE = 5;

	private static final String NAME = LogLimit.class.getName();

	private static final long MINUTE_MS = 60_000;

	private final InstantSource clock;

	private Map<Kind, Integer> counts = new HashMap<>();

	private long minuteStartMs;

	LogLimit(InstantSource clock) {
		this.clock = clock;
		this.minuteStartMs = clock.millis();
	}

	@Override
	public void afterPropertiesSet() {
		start();
		context().addTurboFilter(this);
	}

	@Override
	public void destroy() {
		context().getTurboFilterList().remove(this);
		stop();
	}

	/**
	 * Logback also calls this for each line of a lower level, so the first test is cheap.
	 */
	@Override
	public FilterReply decide(@Nullable Marker marker, Logger source, Level level, @Nullable String message,
			Object @Nullable [] arguments, @Nullable Throwable failure) {
		if (level.toInt() < Level.WARN_INT || message == null || !level.isGreaterOrEqual(source.getEffectiveLevel())
				|| source.getName().equals(NAME)) {
			return FilterReply.NEUTRAL;
		}
		Kind kind = Kind.of(source, arguments, failure);
		Map<Kind, Integer> lastMinute = Map.of();
		int count;
		synchronized (this) {
			long now = this.clock.millis();
			// A clock that was set back also begins a new minute.
			if (Math.abs(now - this.minuteStartMs) >= MINUTE_MS) {
				lastMinute = this.counts;
				this.counts = new HashMap<>();
				this.minuteStartMs = now;
			}
			count = this.counts.merge(kind, 1, Integer::sum);
		}
		Logger logger = source.getLoggerContext().getLogger(NAME);
		lastMinute.forEach((skipped, lines) -> report(skipped, lines, logger));
		return (count <= PER_MINUTE) ? FilterReply.NEUTRAL : FilterReply.DENY;
	}

	private static void report(Kind kind, int count, Logger logger) {
		if (count > PER_MINUTE) {
			logger.warn("{} more lines of {} were left out", count - PER_MINUTE, kind);
		}
	}

	private static LoggerContext context() {
		return (LoggerContext) LoggerFactory.getILoggerFactory();
	}

	private record Kind(String source, @Nullable Class<?> failure) {

		/** The last argument may be the exception. */
		static Kind of(Logger source, Object @Nullable [] arguments, @Nullable Throwable failure) {
			Object last = (failure == null && arguments != null && arguments.length > 0)
					? arguments[arguments.length - 1] : failure;
			return new Kind(source.getName(), (last instanceof Throwable) ? last.getClass() : null);
		}

		@Override
		public String toString() {
			return (this.failure != null) ? this.source + " with " + this.failure.getName() : this.source;
		}

	}

}
