package io.cacheservice.server.cli;

/** Standard output, which reports its errors only to those who ask. */
final class Output {
    private Output() {}

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
