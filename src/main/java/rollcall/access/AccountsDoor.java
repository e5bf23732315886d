package rollcall.access;

import java.io.IOException;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * The door with accounts: Spring Security's chain. Being at this machine counts for
 * nothing here.
 */
record AccountsDoor(Filter chain) implements Door {

	@Override
	public void admit(HttpServletRequest request, HttpServletResponse response, FilterChain rest)
			throws ServletException, IOException {
		this.chain.doFilter(request, response, rest);
	}

}
