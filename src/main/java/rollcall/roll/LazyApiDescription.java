package rollcall.roll;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.stereotype.Component;

/**
 * Lets springdoc wait until somebody opens the API's description: it brings a second JSON
 * library and a tenth of the start.
 */
@Component
class LazyApiDescription implements BeanFactoryPostProcessor {

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		for (String name : beans.getBeanDefinitionNames()) {
			// What springdoc wants at once says so.
			if (beans.getBeanDefinition(name) instanceof AbstractBeanDefinition bean && bean.getLazyInit() == null
					&& (isOfSpringdoc(bean.getBeanClassName()) || isOfSpringdoc(bean.getFactoryBeanName())
							|| ApiDescription.class.getName().equals(bean.getBeanClassName()))) {
				bean.setLazyInit(true);
			}
		}
	}

	private static boolean isOfSpringdoc(@Nullable String name) {
		return name != null && name.startsWith("org.springdoc.");
	}

}
