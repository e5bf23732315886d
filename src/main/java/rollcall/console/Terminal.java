package rollcall.console;

import java.io.PrintWriter;

import org.jspecify.annotations.Nullable;

/** What a command writes to and reads from. */
interface Terminal {

	PrintWriter out();

	PrintWriter err();

	/** Whether a person sits at both ends: only then anything is asked. */
	boolean isInteractive();

	/** Whether colours, cursor movements and block characters come out as such. */
	boolean isGraphic();

	/** Waits for a line. Null at the end of the input. */
	@Nullable String readLine();

	/** Asks for a secret without echo. Null if nobody can be asked. */
	char @Nullable [] readPassword(String prompt);

	/** Calls the action at Ctrl-C instead of stopping the program. */
	void onInterrupt(Runnable action);

}
