package io.cacheservice.spring;

import io.cacheservice.CacheConfigException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Lets a start that a setting stopped end with what is wrong, which names its remedy, instead of a stack trace. */
final class CacheConfigFailureAnalyzer extends AbstractFailureAnalyzer<CacheConfigException> {
    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CacheConfigException cause) {
        return new FailureAnalysis(String.valueOf(cause.getMessage()), null, cause);
    }
}
