package io.cacheservice.spi;

import io.cacheservice.KeyPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the keys that a tier holds: what {@link RemoteTier#scan} answers.
 *
 * @param keys whole, their prefix included
 * @param next where to go on; null: nowhere, that was all
 * @param unlisted the servers whose keys are not there, or not all
 */
public record RemoteKeys(List<byte[]> keys, @Nullable String next, List<KeyPage.Unlisted> unlisted) {}
