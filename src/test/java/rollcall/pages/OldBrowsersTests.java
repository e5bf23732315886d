package rollcall.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.nashorn.api.tree.AssignmentTree;
import org.openjdk.nashorn.api.tree.DiagnosticListener;
import org.openjdk.nashorn.api.tree.IdentifierTree;
import org.openjdk.nashorn.api.tree.MemberSelectTree;
import org.openjdk.nashorn.api.tree.Parser;
import org.openjdk.nashorn.api.tree.PropertyTree;
import org.openjdk.nashorn.api.tree.SimpleTreeVisitorES5_1;
import org.openjdk.nashorn.api.tree.Tree;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The student's page and the projector's page have to work in old browsers, iOS Safari 12
 * and Chrome 49, which cannot run here. Their scripts must be ECMAScript 5, and must use
 * no object that is missing there.
 */
class OldBrowsersTests {

	/** Names after which these browsers have everything that the scripts use. */
	private static final List<String> ALLOWED = List.of("XMLHttpRequest", "abs", "addEventListener", "address",
			"altKey", "appendChild", "body", "call", "ceil", "charAt", "clearTimeout", "concat", "createElementNS",
			"ctrlKey", "disabled", "document", "documentElement", "elements", "errors", "filter", "floor", "focus",
			"forEach", "getAttribute", "getDate", "getElementById", "getHours", "getItem", "getMinutes",
			"getResponseHeader", "getSeconds", "getTime", "hidden", "history", "href", "indexOf", "isArray", "join",
			"keyCode", "keys", "lang", "language", "languages", "length", "localStorage", "location", "map", "max",
			"metaKey", "min", "navigation", "now", "onabort", "onerror", "onload", "ontimeout", "open", "parse",
			"pathname", "performance", "pow", "preventDefault", "prototype", "push", "querySelector",
			"querySelectorAll", "random", "removeAttribute", "removeItem", "replace", "replaceState", "responseText",
			"round", "scrollTo", "select", "send", "setAttribute", "setInterval", "setItem", "setRequestHeader",
			"setTimeout", "shift", "slice", "split", "state", "status", "stringify", "style", "tagName", "target",
			"test", "textContent", "timeout", "title", "toDateString", "toLocaleDateString", "toUpperCase", "type",
			"value", "vibrate");

	/** Members of the server's answers, which no browser has to know. */
	private static final Set<String> MEMBERS = Set.of("endsInMs", "fromMs", "lateInMs", "links", "present", "untilMs");

	static List<Resource> scripts() throws IOException {
		List<Resource> scripts = new ArrayList<>();
		for (String page : List.of("student", "projector")) {
			scripts.addAll(List.of(new PathMatchingResourcePatternResolver()
				.getResources("classpath:static/assets/" + page + "*.js")));
		}
		return scripts;
	}

	@ParameterizedTest
	@MethodSource("scripts")
	void scriptIsEcmaScript5(Resource script) throws IOException {
		assertThat(syntaxErrors(script.getContentAsString(StandardCharsets.UTF_8))).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "var f = x => x;", "let a = 1;", "const a = 1;", "var t = `x`;", "var y = a?.b;",
			"var z = a ?? b;", "class A {}", "async function f() {}", "var { a } = b;", "f(...a);",
			"function f(x = 1) {}", "for (var a of b) {}", "f(a,);", "try { f(); } catch { g(); }",
			"var r = /(?<a>b)/;", "var o = { a, b };" })
	void parserRefusesNewerSyntax(String script) {
		assertThat(syntaxErrors(script)).isNotEmpty();
	}

	@Test
	void scriptsUseOnlyWhatTheseBrowsersHave() throws IOException {
		Names names = new Names();
		for (Resource script : scripts()) {
			parse(script.getContentAsString(StandardCharsets.UTF_8), (error) -> {
			}).accept(names, null);
		}
		names.used.removeAll(ALLOWED);
		names.used.removeAll(names.own);
		names.used.removeAll(MEMBERS);
		assertThat(names.used).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "student", "projector" })
	void pageHasNoInlineScript(String name) throws IOException {
		String page = new ClassPathResource("templates/" + name + ".mustache")
			.getContentAsString(StandardCharsets.UTF_8);
		assertThat(Pattern.compile("<script(?! src=\"[^\"]+\" defer></script>)|\\son[a-z]+=")
			.matcher(page)
			.results()
			.map(MatchResult::group)).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "page.css", "projector.css" })
	void styleUsesOnlyWhatTheseBrowsersHave(String style) throws IOException {
		assertThat(new ClassPathResource("static/assets/" + style).getContentAsString(StandardCharsets.UTF_8))
			.doesNotContain("var(", ": grid", "clamp(", "min(", "max(", ":is(", ":where(", ":has(", ":focus-visible",
					"gap:", "inset:", " aspect-ratio", "@layer", "@container", "dvh", "svh", "&", "place-");
	}

	private static List<String> syntaxErrors(String script) {
		List<String> errors = new ArrayList<>();
		parse(script, (error) -> errors.add(error.getLineNumber() + ": " + error.getMessage()));
		return errors;
	}

	private static Tree parse(String script, DiagnosticListener errors) {
		return Parser.create("--no-syntax-extensions").parse("script", script, errors);
	}

	/** Collects the names after a dot, and those that the scripts define themselves. */
	private static final class Names extends SimpleTreeVisitorES5_1<Void, Void> {

		private final Set<String> used = new TreeSet<>();

		private final Set<String> own = new TreeSet<>();

		@Override
		public Void visitMemberSelect(MemberSelectTree node, Void nothing) {
			this.used.add(node.getIdentifier());
			return super.visitMemberSelect(node, nothing);
		}

		@Override
		public Void visitIdentifier(IdentifierTree node, Void nothing) {
			if (node.getName().matches("fetch|Promise|Map|Set|Symbol|Proxy|URL\\w*|AbortController|\\w+Observer")) {
				this.used.add(node.getName());
			}
			return super.visitIdentifier(node, nothing);
		}

		@Override
		public Void visitProperty(PropertyTree node, Void nothing) {
			if (node.getKey() instanceof IdentifierTree key) {
				this.own.add(key.getName());
			}
			return super.visitProperty(node, nothing);
		}

		@Override
		public Void visitAssignment(AssignmentTree node, Void nothing) {
			if (node.getVariable() instanceof MemberSelectTree member) {
				this.own.add(member.getIdentifier());
			}
			return super.visitAssignment(node, nothing);
		}

	}

}
