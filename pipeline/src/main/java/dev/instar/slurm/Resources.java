package dev.instar.slurm;

import java.util.List;
import java.util.Optional;

/**
 * What a job asks Slurm for; what is empty is left to the cluster's defaults.
 *
 * @param time as sbatch takes it, such as {@code 12:00:00}
 * @param gpus for each task, 0 for none
 * @param cpus for each task
 * @param memory for each task, such as {@code 16G}
 * @param maxRunning tasks of an array at a time, 0 for no limit
 * @param extra lines for sbatch as they are, such as {@code --constraint=a100}
 */
public record Resources(
    Optional<String> partition,
    Optional<String> account,
    Optional<String> qos,
    Optional<String> time,
    int gpus,
    int cpus,
    Optional<String> memory,
    int maxRunning,
    List<String> extra) {
  public Resources {
    extra = List.copyOf(extra);
  }
}
