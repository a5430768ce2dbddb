package io.cacheservice.redis;

/** What a request does to Redis, and with it the setting that bounds its time. */
enum Access {
    READ("readTimeout"),
    WRITE("writeTimeout"),
    /** A step of opening a lane: bounded by the opening as a whole. */
    SETUP("connectTimeout"),
    /** A question about who serves what: bounded so that a server which is silent holds up nobody who asks others too. */
    TOPOLOGY("connectTimeout");

    private final String setting;

    Access(String setting) {
        this.setting = setting;
    }

    String setting() {
        return setting;
    }
}
