package rollcall.console;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import rollcall.RollCallApplication;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/** The real server on a free port, shared by the tests with this annotation. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = RollCallApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "rollcall.data-dir=target/console-tests/${random.uuid}")
@interface RunningServer {

}
