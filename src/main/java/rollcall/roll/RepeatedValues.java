package rollcall.roll;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.TypeDescriptor;
import org.springframework.core.convert.converter.ConditionalGenericConverter;
import org.springframework.stereotype.Component;

/**
 * Reads a header or a parameter that a request has several times. Spring would use the
 * first value and ignore the others. Lines of {@code If-Match} are one list; everything
 * else has one value, so the request is refused before it takes effect.
 */
@Component
class RepeatedValues implements ConditionalGenericConverter {

	@Override
	public Set<ConvertiblePair> getConvertibleTypes() {
		return Set.of(new ConvertiblePair(String[].class, Object.class));
	}

	@Override
	public boolean matches(TypeDescriptor source, TypeDescriptor target) {
		return !target.isArray() && !target.isCollection();
	}

	@Override
	public Object convert(@Nullable Object source, TypeDescriptor sourceType, TypeDescriptor target) {
		if (source instanceof String[] lines && target.getType() == RollMatch.class) {
			return RollMatch.valueOf(String.join(",", lines));
		}
		throw new IllegalArgumentException("more than one value");
	}

}
