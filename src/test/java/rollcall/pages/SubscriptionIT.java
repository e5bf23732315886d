package rollcall.pages;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.WebSocketFrame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rollcall.RenamedEvents;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.messaging.Message;
import org.springframework.messaging.MessageChannel;
import org.springframework.messaging.simp.stomp.StompCommand;
import org.springframework.messaging.simp.stomp.StompHeaderAccessor;
import org.springframework.messaging.support.AbstractMessageChannel;
import org.springframework.messaging.support.ChannelInterceptor;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** How the dashboard subscribes and reads. */
class SubscriptionIT extends InChromium {

	/** Longer than the dashboard waits for a receipt. */
	private static final int QUIET_MS = 5_000;

	/** Drops receipts: servers of older versions send none. */
	private static final ChannelInterceptor NO_RECEIPTS = new ChannelInterceptor() {

		@Override
		public Message<?> preSend(Message<?> message, MessageChannel channel) {
			return (StompHeaderAccessor.wrap(message).getCommand() != StompCommand.RECEIPT) ? message : null;
		}

	};

	@Test
	void rollIsReadOnceAfterTheReceipt() {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("early-", 3);
		Page page = laptop();
		List<String> seen = new CopyOnWriteArrayList<>();
		page.onRequest((request) -> {
			if (request.url().contains("/roll?after=")) {
				seen.add("GET " + request.url().replaceAll(".*\\?", ""));
			}
		});
		page.onWebSocket((socket) -> {
			socket.onFrameSent((frame) -> seen.add(command(frame)));
			socket.onFrameReceived((frame) -> seen.add(command(frame)));
		});
		Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
		teacher.isLive();
		teacher.counts(3);
		page.waitForTimeout(QUIET_MS);
		seen.removeIf(String::isEmpty);
		assertThat(seen).containsExactly("GET after=0", "CONNECT", "CONNECTED", "SUBSCRIBE", "RECEIPT", "GET after=3");
	}

	/** A newer server may have events that this page does not know. */
	@ParameterizedTest
	@ValueSource(strings = { "changed", "absence" })
	void aChangeOfAnUnknownTypeIsReadOnce(String type,
			@Autowired @Qualifier("clientOutboundChannel") AbstractMessageChannel outbound) {
		TestClass room = new TestClass(this.port);
		room.start();
		room.arrive("S-", 2);
		RenamedEvents renamed = new RenamedEvents(type);
		outbound.addInterceptor(renamed);
		try {
			Page page = laptop();
			List<String> reads = new CopyOnWriteArrayList<>();
			page.onRequest((request) -> {
				if (request.url().contains("/roll?after=")) {
					reads.add(request.url().replaceAll(".*=", ""));
				}
			});
			Dashboard teacher = new Dashboard(page).open(url("/teacher#" + room.id));
			teacher.isLive();
			if (type.equals("changed")) {
				room.setTimes("{\"endsAfter\": \"PT24H\"}");
			}
			else {
				room.mark("S-1", "absent");
			}
			assertThat(teacher.hook(type.equals("changed") ? "ends-at" : "absent")).isVisible();
			room.arrive("later-", 2);
			teacher.counts(type.equals("changed") ? 4 : 3);
			assertThat(reads).containsExactly("0", "2", "2");
		}
		finally {
			outbound.removeInterceptor(renamed);
		}
	}

	@Test
	void dashboardWorksWithAServerWithoutReceipts(
			@Autowired @Qualifier("clientOutboundChannel") AbstractMessageChannel outbound) {
		TestClass room = new TestClass(this.port);
		room.start();
		outbound.addInterceptor(NO_RECEIPTS);
		try {
			Dashboard teacher = new Dashboard(laptop()).open(url("/teacher#" + room.id));
			teacher.isLive();
			room.arrive("S-", 3);
			teacher.counts(3);
		}
		finally {
			outbound.removeInterceptor(NO_RECEIPTS);
		}
	}

	/** Empty for a heart-beat. */
	private static String command(WebSocketFrame frame) {
		return frame.text().strip().replaceAll("(?s)\n.*", "");
	}

}
