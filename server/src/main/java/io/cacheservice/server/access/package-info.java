/** Who may use the program, and the record of what they did. Knows nothing of HTTP. Doors: {@code Tokens}, {@code AuditLog}. */
@NullMarked
package io.cacheservice.server.access;

import org.jspecify.annotations.NullMarked;
