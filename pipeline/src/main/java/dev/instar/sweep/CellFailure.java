package dev.instar.sweep;

import java.time.Instant;

/**
 * Why the last attempt at a cell failed, as its {@code failure.json} says it.
 *
 * @param message one sentence
 * @param trace the end of what the attempt printed, or its stack trace; may be empty
 * @param status the exit status of its process
 * @param attempts that failed so far
 * @param host where it was
 * @param when it failed
 */
public record CellFailure(
    String message, String trace, int status, int attempts, String host, Instant when) {}
