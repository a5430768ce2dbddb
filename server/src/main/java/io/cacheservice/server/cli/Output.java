package io.cacheservice.server.cli;

import tools.jackson.databind.json.JsonMapper;

/** Standard output, which reports its errors only to those who ask. */
final class Output {
    private Output() {}

    /** Prints one line of JSON, in UTF-8 whatever the locale says. */
    static void json(Object value) {
        byte[] bytes = JsonMapper.shared().writeValueAsBytes(value);
        System.out.write(bytes, 0, bytes.length);
        System.out.println();
    }

    /**
     * Ends a command that has printed all it had to.
     *
     * @return the exit code of success
     * @throws CommandFailure when not all of it was written
     */
    static int done() {
        if (System.out.checkError()) {
            throw new CommandFailure(
                    ExitCode.UNWRITTEN, "standard output could not be written: what is there is not all of it");
        }
        return ExitCode.OK;
    }
}
