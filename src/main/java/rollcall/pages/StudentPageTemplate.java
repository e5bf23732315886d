package rollcall.pages;

import java.io.IOException;
import java.io.Reader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Fills {@code student.mustache}. Everything is escaped; a name that the page does not
 * have is an error, not an empty text.
 */
@Component
class StudentPageTemplate {

	private final Template template;

	StudentPageTemplate() throws IOException {
		try (Reader student = open("student")) {
			this.template = Mustache.compiler().nullValue("").withLoader(StudentPageTemplate::open).compile(student);
		}
	}

	String render(StudentPage page) {
		return this.template.execute(page);
	}

	private static Reader open(String name) throws IOException {
		return new InputStreamReader(new ClassPathResource("templates/" + name + ".mustache").getInputStream(),
				StandardCharsets.UTF_8);
	}

}
