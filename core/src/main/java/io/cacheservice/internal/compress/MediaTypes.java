package io.cacheservice.internal.compress;

import java.util.List;
import java.util.Locale;

/** Media types whose content has been compressed already. */
final class MediaTypes {
    private static final List<String> COMPRESSED = List.of(
            "image/",
            "audio/",
            "video/",
            "font/woff",
            "application/zip",
            "application/gzip",
            "application/x-gzip",
            "application/zstd",
            "application/x-7z-compressed",
            "application/x-bzip2",
            "application/x-xz");

    private MediaTypes() {}

    static boolean isCompressed(String contentType) {
        String type = contentType.toLowerCase(Locale.ROOT);
        return !type.startsWith("image/svg")
                && !type.startsWith("image/bmp")
                && COMPRESSED.stream().anyMatch(type::startsWith);
    }
}
