package io.cacheservice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheservice.internal.config.Setting;
import io.cacheservice.internal.config.Settings;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every setting, whichever it is. */
class CacheConfigSettingsTest {
    static List<Setting<?>> all() {
        return Settings.all();
    }

    static List<Setting<?>> buildable() {
        return SettingSamples.buildable();
    }

    @Test
    void namesAndEnvironmentNamesAreUnique() {
        assertThat(Settings.all()).extracting(Setting::name).doesNotHaveDuplicates();
        assertThat(Settings.all())
                .extracting(Setting::environmentName)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("CACHE_[A-Z]+(_[A-Z]+)*"));
    }

    @ParameterizedTest
    @MethodSource("all")
    <T> void itsDefaultIsOneOfItsAllowedValues(Setting<T> setting) {
        T defaultValue = setting.defaultValue();
        if (defaultValue != null) {
            assertThat(setting.type().accepts(defaultValue)).isTrue();
            assertThat(setting.type().parse(setting.type().print(defaultValue))).isEqualTo(defaultValue);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void anAccessorGivesItsDefault(Setting<?> setting) throws Exception {
        assertThat(read(CacheConfig.builder().build(), setting)).isEqualTo(setting.defaultValue());
    }

    @ParameterizedTest
    @MethodSource("buildable")
    void whatItsSetterIsGivenItsAccessorGives(Setting<?> setting) throws Exception {
        CacheConfig.Builder builder = SettingSamples.builderFor(setting);
        setter(setting).invoke(builder, SettingSamples.value(setting));
        CacheConfig config = builder.build();
        assertThat(read(config, setting))
                .isEqualTo(SettingSamples.value(setting))
                .isNotEqualTo(setting.defaultValue());
        assertThat(config.origins()).containsEntry(setting.name(), "code");
    }

    @ParameterizedTest
    @MethodSource("buildable")
    void itsVariableIsReadWithItsOrigin(Setting<?> setting) throws Exception {
        CacheConfig config = SettingSamples.builderFor(setting)
                .putEnvironment(Map.of(setting.environmentName(), SettingSamples.text(setting)))
                .build();
        assertThat(read(config, setting)).isEqualTo(SettingSamples.value(setting));
        assertThat(config.origins()).containsEntry(setting.name(), "environment " + setting.environmentName());
    }

    @ParameterizedTest
    @MethodSource("buildable")
    void itSurvivesToBuilder(Setting<?> setting) throws Exception {
        CacheConfig config = SettingSamples.builderFor(setting)
                .put(setting.name(), SettingSamples.text(setting), "a test")
                .build();
        CacheConfig copy = config.toBuilder().build();
        assertThat(read(copy, setting)).isEqualTo(SettingSamples.value(setting));
        assertThat(copy.origins()).isEqualTo(config.origins()).containsEntry(setting.name(), "a test");
        assertThat(copy).hasToString(config.toString());
    }

    @ParameterizedTest
    @MethodSource("all")
    void anEmptyVariableIsNotTakenForAnAbsentOne(Setting<?> setting) {
        CacheConfig.Builder builder = CacheConfig.builder().putEnvironment(Map.of(setting.environmentName(), ""));
        if (setting.defaultValue() instanceof List<?>) {
            assertThat(builder.build().origins()).containsKey(setting.name());
        } else {
            assertThatThrownBy(builder::build)
                    .isInstanceOf(CacheConfigException.class)
                    .hasMessageContainingAll(setting.name(), setting.environmentName(), "expected");
        }
    }

    @Test
    void everyAccessorAndSetterBelongsToASetting() {
        List<String> names =
                Settings.all().stream().map(CacheConfigSettingsTest::methodName).toList();
        assertThat(Arrays.stream(CacheConfig.Builder.class.getDeclaredMethods())
                        .filter(m -> Modifier.isPublic(m.getModifiers()))
                        .map(Method::getName))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(names.stream(), Stream.of("put", "putFile", "putEnvironment", "build"))
                                .toList());
    }

    private static @Nullable Object read(CacheConfig config, Setting<?> setting) throws ReflectiveOperationException {
        Object value = CacheConfig.class.getMethod(methodName(setting)).invoke(config);
        return value instanceof Optional<?> optional ? optional.orElse(null) : value;
    }

    private static Method setter(Setting<?> setting) {
        return Arrays.stream(CacheConfig.Builder.class.getMethods())
                .filter(m -> m.getName().equals(methodName(setting)) && m.getParameterCount() == 1)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no setter for " + setting.name()));
    }

    private static String methodName(Setting<?> setting) {
        int dot = setting.name().indexOf('.');
        return dot < 0
                ? setting.name()
                : setting.name().substring(0, dot)
                        + setting.name().substring(dot + 1, dot + 2).toUpperCase(Locale.ROOT)
                        + setting.name().substring(dot + 2);
    }
}
