package bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;

/**
 * Measures the minimum cost of a request: Tomcat with its defaults and one servlet, which reads the body and answers with
 * as many bytes as a receipt has.
 */
public class BareServlet extends HttpServlet {

	private static final byte[] ANSWER = "{\"classId\":42,\"studentId\":\"r1-0-100000\",\"at\":\"2026-11-22T18:06:31.774Z\"}"
		.getBytes(StandardCharsets.UTF_8);

	public static void main(String[] args) throws LifecycleException {
		Tomcat tomcat = new Tomcat();
		tomcat.setSilent(true);
		tomcat.setBaseDir(args[0]);
		tomcat.setPort(0);
		// Keeps a connection as long as Spring Boot's Tomcat does.
		tomcat.getConnector().setProperty("maxKeepAliveRequests", "-1");
		Context context = tomcat.addContext("", args[0]);
		Tomcat.addServlet(context, "bare", new BareServlet()).addMapping("/");
		tomcat.start();
		System.out.println("Tomcat started on port " + tomcat.getConnector().getLocalPort());
		tomcat.getServer().await();
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
		request.getInputStream().readAllBytes();
		response.setContentType("application/json");
		response.setContentLength(ANSWER.length);
		response.getOutputStream().write(ANSWER);
	}

}
