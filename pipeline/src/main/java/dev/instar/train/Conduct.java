package dev.instar.train;

import java.nio.file.Path;

/**
 * How a run is carried out, whatever the network is taught.
 *
 * @param seed of the first weights, the order of samples and every random change
 * @param device {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:N}
 * @param threads that load photographs
 * @param torchThreads that compute, of a network on the processor
 * @param checkpointEvery how much may be lost
 * @param folder of the run
 * @param overwrite whether what is in the folder is forgotten
 */
public record Conduct(
    long seed,
    String device,
    int threads,
    int torchThreads,
    Cadence checkpointEvery,
    Path folder,
    boolean overwrite) {}
