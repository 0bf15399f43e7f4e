package dev.instar.convert;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The share of one task of an array: a contiguous stretch of the input, so that joining the shards
 * in order keeps the input's order.
 *
 * @param index from 0
 * @param count the number of shards
 */
public record ShardPlan(int index, int count) {
  /** All of the input. */
  public static final ShardPlan WHOLE = new ShardPlan(0, 1);

  public ShardPlan {
    if (count < 1 || index < 0 || index >= count) {
      throw new IllegalArgumentException(
          "shard "
              + index
              + "/"
              + count
              + ": the first is 0/"
              + count
              + ", the last "
              + (count - 1)
              + "/"
              + count);
    }
  }

  /**
   * Reads {@code I/N}, I from 0 to N-1.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static ShardPlan parse(String text) {
    String[] parts = text.split("/", -1);
    try {
      if (parts.length == 2) {
        return new ShardPlan(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message that shows the form.
    }
    throw new IllegalArgumentException("'" + text + "' is no shard; write I/N, such as 0/8 to 7/8");
  }

  /**
   * The shard of a Slurm array task, by {@code SLURM_ARRAY_TASK_ID} and its companions; empty
   * outside an array.
   */
  public static Optional<ShardPlan> ofSlurm(Map<String, String> environment) {
    String id = environment.get("SLURM_ARRAY_TASK_ID");
    String count = environment.get("SLURM_ARRAY_TASK_COUNT");
    if (id == null || count == null) {
      return Optional.empty();
    }
    try {
      int first = Integer.parseInt(environment.getOrDefault("SLURM_ARRAY_TASK_MIN", "0"));
      int step = Integer.parseInt(environment.getOrDefault("SLURM_ARRAY_TASK_STEP", "1"));
      return Optional.of(
          new ShardPlan(
              (Integer.parseInt(id) - first) / Math.max(1, step), Integer.parseInt(count)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "SLURM_ARRAY_TASK_ID=" + id + " and SLURM_ARRAY_TASK_COUNT=" + count + " are no numbers");
    }
  }

  /** The first record of this shard among {@code size}. */
  public int from(int size) {
    return (int) ((long) size * index / count);
  }

  /** One past the last record of this shard among {@code size}. */
  public int to(int size) {
    return (int) ((long) size * (index + 1) / count);
  }

  /**
   * The name under which this shard is stored: {@code pack-00002-of-00008.h5} for {@code pack.h5};
   * unchanged for the only shard.
   */
  public Path pathOf(Path output) {
    if (count == 1) {
      return output;
    }
    String name = output.getFileName().toString();
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 ? name.substring(0, dot) : name;
    String ending = dot > 0 ? name.substring(dot) : "";
    return output.resolveSibling(
        String.format(Locale.ROOT, "%s-%05d-of-%05d%s", stem, index, count, ending));
  }

  @Override
  public String toString() {
    return index + "/" + count;
  }
}
