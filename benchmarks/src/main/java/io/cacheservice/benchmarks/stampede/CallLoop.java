package io.cacheservice.benchmarks.stampede;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;

/** The calling side: carries out one task after another, as {@link CallerProcess} says. */
public final class CallLoop {
    private final List<Subject> subjects;

    /** Over {@code subjects}, in the order of their numbers. */
    public CallLoop(List<Subject> subjects) {
        this.subjects = List.copyOf(subjects);
    }

    /**
     * Carries out what {@code input} says until it ends.
     *
     * @param output to which nobody else may write
     */
    public void run(InputStream input, OutputStream output) throws IOException, InterruptedException {
        DataInputStream in = new DataInputStream(input);
        DataOutputStream out = new DataOutputStream(output);
        out.writeLong(System.nanoTime());
        out.flush();
        while (true) {
            Task task;
            try {
                task = Task.read(in);
            } catch (EOFException nothingMore) {
                return;
            }
            Callers callers = Callers.start(task, subjects.get(task.subject()));
            out.writeLong(System.nanoTime());
            out.flush();
            callers.call(in.readLong(), in.readLong()).write(out);
            out.flush();
        }
    }
}
