package rollcall.problem;

import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Puts {@link ProblemReportValve} in the place of Tomcat's own error page, and lifts
 * limits that Tomcat enforces with an exception.
 */
@Component
class TomcatProblems implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

	private static final int UNLIMITED = -1;

	private final Problems problems;

	TomcatProblems(Problems problems) {
		this.problems = problems;
	}

	@Override
	public void customize(TomcatServletWebServerFactory factory) {
		factory.addConnectorCustomizers(TomcatProblems::liftCounts);
		factory.addContextCustomizers((context) -> {
			StandardHost host = (StandardHost) context.getParent();
			host.setErrorReportValveClass(null);
			host.getPipeline().addValve(new ProblemReportValve(this.problems));
			host.getPipeline().addValve(new AgreedHeaders(this.problems));
		});
	}

	/**
	 * A browser may ask for more languages, and send more cookies, than Tomcat's defaults
	 * of 10 and 200. The size of the header bounds both.
	 */
	private static void liftCounts(Connector connector) {
		connector.setMaxLocaleCount(UNLIMITED);
		connector.setMaxCookieCount(UNLIMITED);
	}

}
