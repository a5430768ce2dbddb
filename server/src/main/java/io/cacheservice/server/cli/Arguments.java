package io.cacheservice.server.cli;

/** Tells what was typed from what the locale made of it. */
final class Arguments {
    private Arguments() {}

    /**
     * Returns {@code text}, an argument that is sent to the server.
     *
     * @throws CommandFailure when the JVM could not read its bytes: different arguments would become the same text
     */
    static String readable(String name, String text) {
        if (text.indexOf('\uFFFD') >= 0) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    name + " is not text in the encoding of this locale, " + System.getProperty("sun.jnu.encoding")
                            + ": set LC_ALL=C.UTF-8; a value that is no UTF-8 can be given on standard input");
        }
        return text;
    }
}
