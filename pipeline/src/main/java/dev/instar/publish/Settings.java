package dev.instar.publish;

import dev.instar.taxonomy.Rank;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a publication is made of and how.
 *
 * @param table the specimen table, {@code .tsv} or {@code .csv}
 * @param folder where it goes
 * @param formats one form for the records at most, and {@link Format#CROISSANT} beside it or alone
 * @param experiment the column that says each record's split; without it all are in {@code train}
 * @param all whether records that the experiment leaves out are published as a split of their own
 * @param rank what the classes are; without it the experiment's rank, or the order
 * @param classLabels the most classes with which a rank is coded as numbers with names
 * @param shardBytes about the size of a shard, in bytes
 * @param strict whether a record without a row, or a row without a record, is an error
 * @param overwrite whether what an earlier run with other settings left is replaced
 * @param threads that scan the table
 * @param attributes what is said of the collection, before what the table and the pack say
 * @param madeBy the program, for the descriptions
 */
public record Settings(
    Path table,
    Path folder,
    Set<Format> formats,
    Optional<String> experiment,
    boolean all,
    Optional<Rank> rank,
    int classLabels,
    long shardBytes,
    boolean strict,
    boolean overwrite,
    int threads,
    Map<String, String> attributes,
    String madeBy) {
  public Settings {
    formats = Set.copyOf(formats);
    attributes = Map.copyOf(attributes);
    long ofRecords = formats.stream().filter(format -> format != Format.CROISSANT).count();
    if (formats.isEmpty() || ofRecords > 1) {
      throw new IllegalArgumentException(
          "one of huggingface, webdataset and imagefolder to a folder, with or without croissant");
    }
    if (shardBytes < 1 || classLabels < 0) {
      throw new IllegalArgumentException(
          "shards of " + shardBytes + " bytes, " + classLabels + " class labels");
    }
  }

  /** The form of the records, if they are written. */
  Optional<Format> records() {
    return formats.stream().filter(format -> format != Format.CROISSANT).findFirst();
  }
}
