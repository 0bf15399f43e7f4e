package dev.instar.publish;

import dev.instar.pack.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes the records as shards, one after the other. Each finished one is entered in {@code
 * shards.json}; those that are there with the right checksum are kept. Not thread-safe.
 */
final class ShardedRecords {
  private final ImageSource source;
  private final Plan plan;
  private final RecordKeys keys;
  private final ShardForm form;
  private final Settings settings;
  private final Meter meter;
  private final Map<String, Shard> earlier = new HashMap<>();
  private final List<Shard> shards = new ArrayList<>();

  ShardedRecords(
      ImageSource source,
      Plan plan,
      RecordKeys keys,
      ShardForm form,
      Settings settings,
      Meter meter) {
    this.source = source;
    this.plan = plan;
    this.keys = keys;
    this.form = form;
    this.settings = settings;
    this.meter = meter;
  }

  /**
   * Writes all shards that are not there.
   *
   * @throws Cancelled if the watch asked to stop
   */
  List<Shard> write(String fingerprint) throws IOException, Cancelled {
    takeStock(fingerprint);
    ShardSizes sizes = new ShardSizes(source, plan, settings.shardBytes(), form.overheadBytes());
    for (SplitRecords split : plan.splits()) {
      int count = sizes.count(split);
      try (Records records = new Records(source, plan, keys, split, meter)) {
        for (int i = 0; i < count; i++) {
          String file = form.fileOf(split.name(), i, count);
          Optional<Shard> kept = kept(file);
          if (kept.isPresent()) {
            shards.add(kept.get());
            meter.kept(kept.get());
          } else {
            int from = ShardSizes.firstOf(split, i, count);
            int to = ShardSizes.firstOf(split, i + 1, count);
            shards.add(writeShard(records, split, from, to, file));
            index(fingerprint, false);
          }
        }
      }
    }
    index(fingerprint, true);
    return List.copyOf(shards);
  }

  /** Finds out what an earlier run left, and refuses to mix two publications. */
  private void takeStock(String fingerprint) throws IOException {
    Optional<ShardIndex> index = ShardIndex.read(settings.folder());
    if (index.isEmpty()) {
      return;
    }
    boolean same = index.get().plan().equals(fingerprint);
    if (!same && !settings.overwrite()) {
      throw new IOException(
          settings.folder()
              + " holds a publication of other records or settings; choose another folder, or begin anew with --overwrite");
    }
    for (Shard shard : index.get().shards()) {
      if (same) {
        earlier.put(shard.file(), shard);
      } else {
        Path file = settings.folder().resolve(shard.file()).normalize();
        if (file.startsWith(settings.folder().normalize())) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  private Optional<Shard> kept(String file) throws IOException {
    Shard shard = earlier.get(file);
    Path path = settings.folder().resolve(file);
    boolean whole =
        shard != null
            && Files.isRegularFile(path)
            && Files.size(path) == shard.bytes()
            && Checksum.of(path).equals(shard.sha256());
    return whole ? Optional.of(shard) : Optional.empty();
  }

  private Shard writeShard(Records records, SplitRecords split, int from, int to, String file)
      throws IOException, Cancelled {
    Path target = settings.folder().resolve(file);
    long[] content = {0};
    try (PartialFile partial = new PartialFile(target)) {
      List<Refusal> refused;
      try (ShardForm.Writer writer = form.open(partial.path())) {
        refused =
            records.each(
                from,
                to,
                specimen -> {
                  writer.append(specimen);
                  content[0] += contentBytes(specimen);
                });
      }
      String sha256 = Checksum.of(partial.path());
      long bytes = Files.size(partial.path());
      partial.commit();
      PartialFile.syncFolder(target.getParent());
      long count = (long) to - from - refused.size();
      return new Shard(file, split.name(), count, bytes, content[0], sha256, refused);
    }
  }

  private static long contentBytes(Specimen specimen) {
    long bytes = (long) specimen.picture().bytes().length + specimen.fileName().length();
    for (String value : specimen.values()) {
      bytes += value.length();
    }
    return bytes;
  }

  private void index(String fingerprint, boolean complete) throws IOException {
    new ShardIndex(
            settings.records().map(Format::label).orElse(""),
            fingerprint,
            complete,
            plan.label().map(ClassLabels::column).orElse(null),
            plan.label().map(ClassLabels::names).orElse(List.of()),
            shards)
        .write(settings.folder());
  }
}
