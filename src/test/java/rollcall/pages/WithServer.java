package rollcall.pages;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import rollcall.RollCallApplication;

import org.springframework.boot.test.context.SpringBootTest;

/**
 * A test against the server with an empty store, shared by all that are marked so.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@SpringBootTest(classes = RollCallApplication.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "rollcall.data-dir=target/pages-${random.uuid}")
@interface WithServer {

}
