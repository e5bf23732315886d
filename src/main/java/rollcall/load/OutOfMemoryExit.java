package rollcall.load;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxy;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Ends the process after an OutOfMemoryError, as {@code -XX:+ExitOnOutOfMemoryError}
 * does, which a running JVM cannot set. An error either ends its thread or is caught and
 * logged, so this class listens for both.
 */
@Component
public final class OutOfMemoryExit extends UnsynchronizedAppenderBase<ILoggingEvent>
		implements SmartInitializingSingleton {

	/** The exit code of the JVM's flag. */
	private static final int EXIT_CODE = 3;

	/** Both are created early, because there is no memory for them later. */
	private static final FileOutputStream STANDARD_ERROR = new FileOutputStream(FileDescriptor.err);

	private static final byte[] MESSAGE = ("rollcall: the Java heap is full (OutOfMemoryError), so the process ends. "
			+ "All acknowledged changes are stored. Start it again with a larger -Xmx.\n")
		.getBytes(StandardCharsets.US_ASCII);

	/** Listens for errors that end a thread, from now on. */
	public static void install() {
		Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
			exitIfOutOfMemory(failure);
			LoggerFactory.getLogger(OutOfMemoryExit.class).error("The thread {} ended", thread.getName(), failure);
		});
	}

	/** Listens for errors in the log. It does not see lines below the log level. */
	@Override
	public void afterSingletonsInstantiated() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		setContext(root.getLoggerContext());
		start();
		root.addAppender(this);
	}

	@Override
	protected void append(ILoggingEvent event) {
		if (event.getThrowableProxy() instanceof ThrowableProxy failure) {
			exitIfOutOfMemory(failure.getThrowable());
		}
	}

	private static void exitIfOutOfMemory(@Nullable Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof OutOfMemoryError) {
				try {
					STANDARD_ERROR.write(MESSAGE);
				}
				catch (IOException ex) {
					// The error output is closed.
				}
				finally {
					Runtime.getRuntime().halt(EXIT_CODE);
				}
			}
		}
	}

}
