package dev.instar.report;

import dev.instar.sweep.Cell;
import dev.instar.sweep.CellFailure;
import dev.instar.sweep.CellResult;
import dev.instar.sweep.CellState;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One cell of a sweep, finished or not.
 *
 * @param cell what was to be trained
 * @param result if it is done
 * @param failure if its last attempt failed
 * @param run the folder of the training, with its history and its evaluations; it may not exist yet
 */
public record CellReport(
    Cell cell,
    CellState state,
    Optional<CellResult> result,
    Optional<CellFailure> failure,
    Path run) {}
