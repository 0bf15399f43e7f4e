package dev.instar.publish;

import dev.instar.pack.FolderLock;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Pack;
import dev.instar.pack.PictureIndex;
import dev.instar.taxonomy.BadRows;
import dev.instar.taxonomy.MetadataException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes a collection and its specimen table in forms that others load, with a data card and a
 * citation file.
 *
 * <p>Records are joined with rows by the name of the image file, and written in the order of the
 * table. Every file gets its name when it is complete and durable; run again after an interruption,
 * it continues behind the last finished shard. No file lies outside the folder, whatever records,
 * splits and classes are called. Memory: about 300 bytes a record, one shard's row group, one
 * picture.
 */
public final class Publication {
  /**
   * What a run did.
   *
   * @param finished whether everything is there; if not, the same run continues
   * @param join what was met in joining
   * @param splits records of each split, in their order
   * @param shards what was written, or found written
   * @param badRows rows of the table that were kept out
   * @param warnings what a person should know of the descriptions
   */
  public record Result(
      boolean finished,
      JoinCounts join,
      List<SplitCount> splits,
      List<Shard> shards,
      BadRows badRows,
      List<String> warnings) {

    /** Records that could not be read. */
    public List<Refusal> refused() {
      return shards.stream().flatMap(shard -> shard.refused().stream()).toList();
    }
  }

  private Publication() {}

  /**
   * Publishes a collection.
   *
   * @param input the collection's file or folder
   * @throws MetadataException if the table lacks what is needed, nothing is left to publish, or the
   *     join has mismatches and the settings are strict
   */
  public static Result run(ImageSource source, Path input, Settings settings, Watch watch)
      throws IOException {
    Plan plan = Plan.of(source, settings);
    requireJoined(plan, settings);
    if (settings.records().isEmpty() && ShardIndex.read(settings.folder()).isPresent()) {
      throw new IOException(
          settings.folder()
              + " holds records; name their form, too, as in --format huggingface,croissant, and they are kept");
    }
    FolderLock lock = FolderLock.take(settings.folder(), ".publishing");
    try (lock) {
      return run(source, input, plan, settings, watch);
    }
  }

  private static void requireJoined(Plan plan, Settings settings) throws MetadataException {
    JoinCounts join = plan.join();
    if (settings.strict() && join.mismatch()) {
      throw new MetadataException(
          join.recordsWithoutRow()
              + " records have no row, "
              + join.rowsWithoutRecord()
              + " rows have no record and "
              + join.repeatedRows()
              + " rows repeat another's; the first: "
              + join.examples().get(0));
    }
    if (plan.size() == 0) {
      throw new MetadataException(
          join.joined() == 0
              ? "nothing to publish: no image file that "
                  + plan.file()
                  + " names is among the records"
              : "nothing to publish: the experiment leaves every record out");
    }
  }

  private static Result run(
      ImageSource source, Path input, Plan plan, Settings settings, Watch watch)
      throws IOException {
    watch.begin(plan.size());
    List<Shard> shards;
    try {
      shards = writeRecords(source, plan, settings, new Meter(watch));
    } catch (Cancelled e) {
      return new Result(false, plan.join(), List.of(), List.of(), plan.table().bad(), List.of());
    } finally {
      watch.end();
    }
    Map<String, String> ofPack = source instanceof Pack pack ? pack.attributes() : Map.of();
    Facts facts = Facts.of(plan, settings.attributes(), ofPack);
    Contents contents = Contents.of(plan, shards);
    Description description = new Description(plan, facts, contents, shards, settings);
    Path folder = settings.folder();
    List<String> warnings = new ArrayList<>(facts.warnings());
    if (settings.formats().contains(Format.CROISSANT)) {
      warnings.addAll(Croissant.missing(facts));
      PartialFile.write(folder.resolve("croissant.json"), new Croissant(description, input).text());
    }
    PartialFile.write(folder.resolve("CITATION.cff"), CitationFile.text(description));
    PartialFile.write(folder.resolve("README.md"), new DataCard(description).text());
    return new Result(true, plan.join(), contents.splits(), shards, plan.table().bad(), warnings);
  }

  private static List<Shard> writeRecords(
      ImageSource source, Plan plan, Settings settings, Meter meter) throws IOException, Cancelled {
    Optional<Format> format = settings.records();
    if (format.isEmpty()) {
      return List.of();
    }
    RecordKeys keys = new RecordKeys();
    for (SplitRecords split : plan.splits()) {
      for (int record : split.records()) {
        keys.add(PictureIndex.fileName(source.name(record)));
      }
    }
    String fingerprint = Fingerprint.of(source, plan, settings);
    if (format.get() == Format.IMAGEFOLDER) {
      return new FolderRecords(source, plan, keys, settings, meter).write(fingerprint);
    }
    ShardForm form =
        format.get() == Format.HUGGINGFACE
            ? new HuggingFaceShards(plan)
            : new WebDatasetShards(plan);
    return new ShardedRecords(source, plan, keys, form, settings, meter).write(fingerprint);
  }
}
