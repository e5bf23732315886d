package rollcall.live;

import java.util.List;
import java.util.stream.IntStream;

import org.springframework.core.task.TaskExecutor;
import org.springframework.messaging.simp.SimpMessageHeaderAccessor;
import org.springframework.messaging.support.MessageHandlingRunnable;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/**
 * Threads that send frames. All frames of one session go through the same thread, so that
 * none overtakes another: Spring's own order covers events only, and lets an ERROR or a
 * RECEIPT pass them.
 */
class SessionLanes implements TaskExecutor, AutoCloseable {

	private final List<ThreadPoolTaskExecutor> lanes;

	SessionLanes(String threadNamePrefix, int threads, int queueCapacity) {
		this.lanes = IntStream.range(0, threads)
			.mapToObj((lane) -> lane(threadNamePrefix + lane + "-", queueCapacity))
			.toList();
	}

	private static ThreadPoolTaskExecutor lane(String threadNamePrefix, int queueCapacity) {
		ThreadPoolTaskExecutor lane = new ThreadPoolTaskExecutor();
		lane.setThreadNamePrefix(threadNamePrefix);
		lane.setMaxPoolSize(1);
		lane.setQueueCapacity(queueCapacity);
		lane.initialize();
		return lane;
	}

	@Override
	public void execute(Runnable task) {
		lane(task).execute(task);
	}

	private TaskExecutor lane(Runnable task) {
		String session = (task instanceof MessageHandlingRunnable send)
				? SimpMessageHeaderAccessor.getSessionId(send.getMessage().getHeaders()) : null;
		return this.lanes.get((session != null) ? Math.floorMod(session.hashCode(), this.lanes.size()) : 0);
	}

	@Override
	public void close() {
		this.lanes.forEach(ThreadPoolTaskExecutor::shutdown);
	}

}
