package io.cacheservice.jackson;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;

/**
 * Refuses JSON that lacks a primitive of a record or constructor, for which Jackson would otherwise put 0 or false: bytes
 * written before the property existed do not say that.
 */
final class PrimitivesAreRequired extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1L;

    @Override
    public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
        Class<?> type = member.getRawType();
        // A setter has the type void, which counts as primitive.
        return (type.isPrimitive() && type != void.class) ? Boolean.TRUE : super.hasRequiredMarker(config, member);
    }
}
