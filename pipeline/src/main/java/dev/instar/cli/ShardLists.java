package dev.instar.cli;

import dev.instar.convert.Quarantine;
import dev.instar.convert.RunSettings;
import dev.instar.convert.Skipped;
import dev.instar.crop.BoxMerge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a conversion leaves beside its output, joined when the output's shards are. */
final class ShardLists {
  private ShardLists() {}

  /**
   * Writes the lists of {@code output} out of those of its shards, in their order: what is in
   * quarantine, what was left out, and the boxes that DETR found where all shards have some.
   */
  static void join(Path output, List<Path> shards) throws IOException {
    Quarantine.join(output, shards);
    Skipped.join(output, shards);
    List<Path> looks = shards.stream().map(FirstLook::boxesFor).toList();
    if (looks.stream().allMatch(Files::exists)) {
      boxes(FirstLook.boxesFor(output), looks);
    }
  }

  /**
   * Writes a box file out of those of shards, in their order, and notes what all were made with.
   *
   * @throws IOException if a shard is no box file, or they were made with different settings;
   *     nothing is written then
   */
  static BoxMerge boxes(Path output, List<Path> shards) throws IOException {
    try (RunSettings lock = RunSettings.lock(output)) {
      boolean success = false;
      try {
        lock.join(shards);
        BoxMerge merged = BoxMerge.into(output, shards);
        success = true;
        return merged;
      } finally {
        if (!success) {
          lock.withdraw();
        }
      }
    }
  }
}
