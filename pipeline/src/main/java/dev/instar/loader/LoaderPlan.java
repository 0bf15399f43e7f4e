package dev.instar.loader;

import dev.instar.image.BatchFormat;

/**
 * How samples are loaded.
 *
 * @param batch samples of a full batch, of this process
 * @param dropLast whether an epoch's last batch is left out where it is not full
 * @param threads that decode
 * @param queue batches that may be ready or in work at a time, at least 2
 * @param seed of every random choice, with the epoch and the record
 * @param format of batches; its size is the crop of the augmentation
 */
public record LoaderPlan(
    int batch,
    boolean dropLast,
    int threads,
    int queue,
    long seed,
    Sampling sampling,
    Augmentation augmentation,
    BatchFormat format,
    BadRecords badRecords,
    Shard shard) {}
