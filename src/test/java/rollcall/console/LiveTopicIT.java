package rollcall.console;

import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;

import rollcall.Await;
import rollcall.roll.StartedRoll;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.AbstractMessageChannel;
import org.springframework.messaging.support.ChannelInterceptor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The console's subscription. It reads the roll twice: before and after it subscribes.
 */
class LiveTopicIT extends RelayedConsole {

	private static final long LONGER_THAN_A_RECEIPT_MILLIS = 4_000;

	/** Servers of older versions send no receipt. */
	private static final ChannelInterceptor NO_RECEIPTS = new ChannelInterceptor() {

		@Override
		public Message<?> preSend(Message<?> message, MessageChannel channel) {
			return (StompHeaderAccessor.wrap(message).getCommand() != StompCommand.RECEIPT) ? message : null;
		}

	};

	private final ScriptedTerminal terminal = ScriptedTerminal.pipes();

	@Test
	void theRollIsReadOnceAfterTheReceipt() throws InterruptedException {
		StartedRoll roll = this.direct.start(this.id, "{}").orElseThrow();
		this.direct.answer(this.id, "early", null);
		CompletableFuture<Integer> watch = begin(this.terminal, "watch");
		this.terminal.printed().await("early");
		Thread.sleep(LONGER_THAN_A_RECEIPT_MILLIS);
		this.direct.answer(this.id, "late", null);
		this.terminal.printed().await("late");
		assertThat(this.relay.reads()).isEqualTo(2);
		this.direct.end(this.id, roll.rollId());
		assertThat(watch.join()).isZero();
	}

	@Test
	void aServerWithoutReceiptsIsFollowed(
			@Autowired @Qualifier("clientOutboundChannel") AbstractMessageChannel outbound) {
		StartedRoll roll = this.direct.start(this.id, "{}").orElseThrow();
		outbound.addInterceptor(NO_RECEIPTS);
		try {
			CompletableFuture<Integer> watch = begin(this.terminal, "watch");
			Await.until("the roll is read without a receipt", () -> this.relay.reads() == 2);
			this.direct.answer(this.id, "late", null);
			this.terminal.printed().await("late");
			this.direct.end(this.id, roll.rollId());
			assertThat(watch.join()).isZero();
		}
		finally {
			outbound.removeInterceptor(NO_RECEIPTS);
		}
	}

}
