package io.cacheservice.spring;

import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.cache.annotation.AnnotationCacheOperationSource;
import org.springframework.cache.interceptor.CacheEvictOperation;
import org.springframework.cache.interceptor.CacheOperation;
import org.springframework.cache.interceptor.CacheOperationSource;
import org.springframework.core.MethodIntrospector;
import org.springframework.util.ClassUtils;

/**
 * The methods of the beans that fill caches, annotated with {@code @Cacheable} or {@code @CachePut}: what they return is what
 * a cache holds. Looks at the classes of beans and creates none.
 */
final class CachedMethods {
    private final ConfigurableListableBeanFactory beans;

    CachedMethods(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    /**
     * The types that methods store, by cache, and for each type a method that does. Types are compared by their names, since
     * equal ones found by different ways need not be {@code equals}.
     */
    Map<String, Map<String, Stored>> find() {
        List<CacheOperationSource> sources = sources();
        Map<String, Map<String, Stored>> found = new LinkedHashMap<>();
        for (Class<?> type : types()) {
            for (CacheOperationSource source : sources) {
                if (source.isCandidateClass(type)) {
                    MethodIntrospector.selectMethods(
                            type, (Method method) -> collect(method, type, source, found) ? true : null);
                }
            }
        }
        return found;
    }

    /**
     * What a method stores.
     *
     * @param type the type of its values
     * @param method the method, for people
     */
    record Stored(Type type, String method) {}

    private static boolean collect(
            Method method, Class<?> target, CacheOperationSource source, Map<String, Map<String, Stored>> found) {
        var operations = source.getCacheOperations(method, target);
        Type type = operations == null ? null : ReturnedValue.typeOf(method, target);
        if (operations == null || type == null) {
            return false;
        }
        String name = ClassUtils.getQualifiedMethodName(method, target);
        for (CacheOperation operation : operations) {
            if (!(operation instanceof CacheEvictOperation)) {
                operation
                        .getCacheNames()
                        .forEach(cache -> found.computeIfAbsent(cache, any -> new LinkedHashMap<>())
                                .putIfAbsent(type.getTypeName(), new Stored(type, name)));
            }
        }
        return true;
    }

    private List<CacheOperationSource> sources() {
        List<CacheOperationSource> known =
                beans.getBeanProvider(CacheOperationSource.class).stream().toList();
        return known.isEmpty() ? List.of(new AnnotationCacheOperationSource()) : known;
    }

    private Set<Class<?>> types() {
        Set<Class<?>> types = new LinkedHashSet<>();
        beans.getBeanNamesIterator().forEachRemaining(name -> {
            Class<?> type = typeOf(name);
            if (type != null) {
                types.add(type);
            }
        });
        return types;
    }

    /** The class of a bean that is there, which says more than the declaration of one that is not. */
    private @Nullable Class<?> typeOf(String name) {
        Object bean = beans.containsSingleton(name) && !beans.isFactoryBean(name) ? beans.getSingleton(name) : null;
        return bean == null ? beans.getType(name, false) : AopUtils.getTargetClass(bean);
    }
}
