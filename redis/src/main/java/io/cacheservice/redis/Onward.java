package io.cacheservice.redis;

/**
 * Where a request goes that a server refused to carry out.
 *
 * @param asking whether the server there has to be told that we know it does not own the slot yet
 */
record Onward(Node node, boolean asking) {}
