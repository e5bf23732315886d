package rollcall.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Shows students the address of the page of their class, with its QR code. While the roll
 * needs a code, the code and a QR code with it stay at the bottom of the terminal. A code
 * that has run out is not shown, also if the server does not answer.
 */
final class StudentBoard implements AutoCloseable {

	private static final long DRAW_MILLIS = 200;

	private static final long READ_MILLIS = 2_000;

	/** The rows below the QR code: the code, the status line, and what is typed. */
	private static final int OTHER_ROWS = 3;

	/** One thread draws, so that it never waits for the other one, which reads. */
	private final ScheduledExecutorService threads = new ScheduledThreadPoolExecutor(2, StudentBoard::thread,
			new ThreadPoolExecutor.DiscardPolicy());

	private final TerminalContext context;

	private final long classId;

	private final String page;

	private final TeacherCodes codes;

	private @Nullable Boolean withCode;

	private String drawnCode = "";

	private List<String> picture = List.of();

	private boolean started;

	private volatile boolean asked;

	private boolean closed;

	/**
	 * Shows nothing yet.
	 * @param page the address of the page of the class
	 */
	StudentBoard(TerminalContext context, long classId, String page, TeacherCodes codes) {
		this.context = context;
		this.classId = classId;
		this.page = page;
		this.codes = codes;
	}

	private static Thread thread(Runnable loop) {
		Thread thread = new Thread(loop, "student-board");
		thread.setDaemon(true);
		return thread;
	}

	/** Shows the page, with a code or without one. The same again changes nothing. */
	synchronized void show(boolean code) {
		if (this.closed || (this.withCode != null && this.withCode == code)) {
			return;
		}
		this.withCode = code;
		boolean graphic = this.context.terminal().isGraphic();
		if (code && graphic) {
			start();
		}
		else {
			this.context.terminal().panel(List.of());
			if (graphic) {
				QrCode.lines(this.page).forEach(this.context::print);
			}
		}
		this.context.print(this.context.text("call.page", this.page));
		if (code && !graphic) {
			this.context.print(this.context.text("call.code-command", this.classId));
		}
	}

	private void start() {
		if (!this.started) {
			this.started = true;
			Future<?> reading = this.threads.scheduleWithFixedDelay(this::read, 0, READ_MILLIS, TimeUnit.MILLISECONDS);
			Future<?> drawing = this.threads.scheduleWithFixedDelay(this::draw, 0, DRAW_MILLIS, TimeUnit.MILLISECONDS);
		}
	}

	/** A failure is not reported here, because the command follows the roll too. */
	private void read() {
		if (isWithCode()) {
			try {
				this.codes.readAhead();
			}
			catch (Failure ex) {
				// The next attempt follows.
			}
			this.asked = true;
		}
	}

	private synchronized boolean isWithCode() {
		return !this.closed && Boolean.TRUE.equals(this.withCode);
	}

	private synchronized void draw() {
		if (isWithCode() && this.asked) {
			this.context.terminal().panel(rows(this.codes.known()));
		}
	}

	/** The picture keeps its place while there is no code. */
	private List<String> rows(Optional<TimedCodes.Current> code) {
		List<String> rows = new ArrayList<>();
		String letters = code.map(TimedCodes.Current::code).orElse("");
		if (!letters.equals(this.drawnCode)) {
			this.drawnCode = letters;
			this.picture = letters.isEmpty() ? Collections.nCopies(this.picture.size(), "")
					: QrCode.lines(this.page + "/" + letters);
		}
		if (isRoomFor(this.picture.size())) {
			rows.addAll(this.picture);
		}
		rows.add(code.map(this::line).orElseGet(() -> this.context.text("call.code-none")));
		return rows;
	}

	private boolean isRoomFor(int pictureRows) {
		TerminalSize size = this.context.terminal().size();
		return size.rows() > pictureRows + OTHER_ROWS && size.columns() >= 2 * pictureRows;
	}

	private String line(TimedCodes.Current code) {
		String line = this.context.text("call.code", code.grouped(), code.leftSeconds());
		return line.replace(code.grouped(), this.context.highlighted(code.grouped()));
	}

	/** Removes the code from the terminal. */
	@Override
	public synchronized void close() {
		this.closed = true;
		this.threads.shutdownNow();
		this.context.terminal().panel(List.of());
	}

}
