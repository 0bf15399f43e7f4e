package dev.instar.crop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Joins box files, in the order given, into one of the form that its ending stands for. Of shards
 * that are joined in their order becomes the file that one run over everything would have written.
 *
 * @param photographs in all files
 * @param boxes in all files
 */
public record BoxMerge(int photographs, long boxes) {
  /**
   * Joins files; beside the names of all photographs only the boxes of one file at a time are held.
   *
   * @param target appears when it is complete, and replaces one of its name
   * @throws BoxFileException if a file is not there, is of no known kind, or names a photograph
   *     that one before it names too
   * @throws IllegalArgumentException if the ending of the target is of no form
   */
  public static BoxMerge into(Path target, List<Path> shards) throws IOException {
    long boxes = 0;
    try (BoxWriter writer = BoxWriter.open(target)) {
      for (Path shard : shards) {
        requireFinished(shard);
        for (BoxRecord photograph : BoxRecords.read(shard)) {
          if (writer.has(photograph.name())) {
            throw new BoxFileException(
                shard.toString(),
                "the photograph "
                    + BoxNumber.shortened(photograph.name())
                    + " is in a file before it too, or one that cannot be told apart from it",
                null);
          }
          writer.write(photograph);
          boxes += photograph.detections().size();
        }
      }
      writer.finish();
      return new BoxMerge(writer.size(), boxes);
    }
  }

  private static void requireFinished(Path shard) throws BoxFileException {
    if (!Files.exists(shard)) {
      throw new BoxFileException(
          shard.toString(),
          Files.exists(BoxWriter.unfinished(shard))
              ? "it is not finished; run its command again"
              : "there is no such file",
          null);
    }
  }
}
