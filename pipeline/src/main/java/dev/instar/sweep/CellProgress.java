package dev.instar.sweep;

import java.time.Instant;

/**
 * How far a cell's training has come.
 *
 * @param epoch that were finished
 * @param epochs in all
 * @param done the part of all steps that is made, from 0 to 1
 * @param seconds of training so far
 * @param imagesPerSecond of late, 0 if not known
 * @param top1 of the last validation, 0 before the first
 * @param when the history was last written to
 */
public record CellProgress(
    int epoch,
    int epochs,
    double done,
    double seconds,
    double imagesPerSecond,
    double top1,
    Instant when) {}
