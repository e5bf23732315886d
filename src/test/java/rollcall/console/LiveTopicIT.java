package rollcall.console;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import rollcall.Await;
import rollcall.Relay;
import rollcall.roll.StartedRoll;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
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
@RunningServer
class LiveTopicIT {

	private static final long LONGER_THAN_A_RECEIPT_MILLIS = 4_000;

	/** Servers of older versions send no receipt. */
	private static final ChannelInterceptor NO_RECEIPTS = new ChannelInterceptor() {

		@Override
		public Message<?> preSend(Message<?> message, MessageChannel channel) {
			return (StompHeaderAccessor.wrap(message).getCommand() != StompCommand.RECEIPT) ? message : null;
		}

	};

	private final ScriptedTerminal terminal = ScriptedTerminal.pipes();

	@LocalServerPort
	private int port;

	private Relay relay;

	private RollClient direct;

	@BeforeEach
	void connect() throws IOException {
		this.relay = new Relay(this.port);
		this.direct = new RollClient(ServerAddress.parse("localhost:" + this.port), Map.of());
	}

	@AfterEach
	void disconnect() {
		this.relay.close();
	}

	@Test
	void theRollIsReadOnceAfterTheReceipt() throws InterruptedException {
		StartedRoll roll = this.direct.start(3_001, "{}").orElseThrow();
		this.direct.answer(3_001, "early", null);
		CompletableFuture<Integer> watch = watch("3001");
		this.terminal.printed().await("early");
		Thread.sleep(LONGER_THAN_A_RECEIPT_MILLIS);
		this.direct.answer(3_001, "late", null);
		this.terminal.printed().await("late");
		assertThat(this.relay.reads()).isEqualTo(2);
		this.direct.end(3_001, roll.rollId());
		assertThat(watch.join()).isZero();
	}

	@Test
	void aServerWithoutReceiptsIsFollowed(
			@Autowired @Qualifier("clientOutboundChannel") AbstractMessageChannel outbound) {
		StartedRoll roll = this.direct.start(3_002, "{}").orElseThrow();
		outbound.addInterceptor(NO_RECEIPTS);
		try {
			CompletableFuture<Integer> watch = watch("3002");
			Await.until("the roll is read without a receipt", () -> this.relay.reads() == 2);
			this.direct.answer(3_002, "late", null);
			this.terminal.printed().await("late");
			this.direct.end(3_002, roll.rollId());
			assertThat(watch.join()).isZero();
		}
		finally {
			outbound.removeInterceptor(NO_RECEIPTS);
		}
	}

	private CompletableFuture<Integer> watch(String classId) {
		return this.terminal.begin("teacher", "watch", classId, "--server", this.relay.url());
	}

}
