package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.instar.convert.Progress;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import dev.instar.publish.Format;
import dev.instar.publish.JoinCounts;
import dev.instar.publish.Publication;
import dev.instar.publish.Refusal;
import dev.instar.publish.Settings;
import dev.instar.publish.SplitCount;
import dev.instar.publish.Watch;
import dev.instar.taxonomy.Rank;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar publish}: a collection and its table in the forms that others load. */
@Command(
    name = "publish",
    header = "Write a pack in a form that other tools load.",
    description = {
      "Write a pack (or anything that convert reads) and its specimen table in a form that other tools load, with a data card and a citation file.",
      "The same command, run again, continues where it stopped."
    },
    footer = {
      "",
      "Examples:",
      "  instar publish pack.h5 meta.tsv -o out --format huggingface --experiment small_insect_order",
      "  instar publish pack.h5 meta.tsv -o out --format webdataset,croissant --shard-size 1GB"
    })
final class PublishCommand implements Callable<Integer> {
  private static final int NAMED = 5;

  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "PACK", description = "The pictures.")
  private String pack;

  @Parameters(
      index = "1",
      paramLabel = "META",
      description = "The table, .tsv or .csv; its column image_file names the pictures.")
  private Path table;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "DIR",
      description = "The folder to write to.")
  private Path folder;

  @Option(
      names = "--format",
      required = true,
      split = ",",
      paramLabel = "FORM",
      description =
          "huggingface (Parquet), webdataset (tar) or imagefolder; croissant describes it, or what stands.")
  private Set<Format> formats;

  @Option(
      names = "--experiment",
      paramLabel = "NAME",
      description = "The column that says each record's split (default: all in train).")
  private String experiment;

  @Option(
      names = "--all",
      description = "Publish what the experiment leaves out, too, as the split no_split.")
  private boolean all;

  @Option(
      names = "--rank",
      paramLabel = "RANK",
      description = "What the classes are (default: the experiment's rank, or order).")
  private Rank rank;

  @Option(
      names = "--class-labels",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Code ranks of at most N classes as numbers with names (default: ${DEFAULT-VALUE}).")
  private int classLabels;

  @Option(
      names = "--shard-size",
      paramLabel = "SIZE",
      defaultValue = "500MB",
      converter = Converters.ByteCount.class,
      description = "About how large shards are (default: ${DEFAULT-VALUE}).")
  private Long shardBytes;

  @Option(
      names = "--attribute",
      paramLabel = "KEY=VALUE",
      description =
          "Say what holds for all: license, holder, contact, citation, name, url...; may be repeated.")
  private final Map<String, String> attributes = new LinkedHashMap<>();

  @Option(names = "--strict", description = "Fail where a record has no row or a row no record.")
  private boolean strict;

  @Option(names = "--overwrite", description = "Replace the shards of another publication.")
  private boolean overwrite;

  @Mixin private ThreadsOption threads;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    Settings settings = settings();
    Publication.Result result;
    try (StopSignal stop = StopSignal.listen(System.err);
        ImageSource source = Sources.open(List.of(pack), Limits.DEFAULT)) {
      Watch watch = watch(stop, Progress.on(System.err, Terminal.onStandardError(), "publish"));
      result = Publication.run(source, Path.of(pack), settings, watch);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(result, out);
    } else {
      print(result, out);
    }
    out.flush();
    warn(result, spec.commandLine().getErr());
    if (!result.finished()) {
      return ExitStatus.STOPPED;
    }
    boolean someLeftOut = !result.refused().isEmpty() || result.badRows().count() > 0;
    return someLeftOut ? ExitStatus.QUARANTINED : ExitStatus.DONE;
  }

  private Settings settings() {
    try {
      return new Settings(
          table,
          folder,
          formats,
          Optional.ofNullable(experiment),
          all,
          Optional.ofNullable(rank),
          classLabels,
          shardBytes,
          strict,
          overwrite,
          threads.count(),
          attributes,
          "instar " + BuildVersion.number());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private static Watch watch(StopSignal stop, Progress progress) {
    return new Watch() {
      @Override
      public boolean stopRequested() {
        return stop.requested();
      }

      @Override
      public void begin(long records) {
        progress.begin(records);
      }

      @Override
      public void progress(long done, long refused, long bytes) {
        progress.show(done, refused, bytes);
      }

      @Override
      public void end() {
        progress.end();
      }
    };
  }

  private void print(Publication.Result result, PrintWriter out) {
    out.printf(
        "%s%s%n", folder, result.finished() ? "" : " (not finished; the same command continues)");
    JoinCounts join = result.join();
    out.printf(
        Locale.ROOT,
        "  %,d records, %,d rows: %,d belong together%n",
        join.records(),
        join.rows(),
        join.joined());
    for (SplitCount split : result.splits()) {
      out.printf(Locale.ROOT, "  %-12s %,d records%n", split.name(), split.records());
    }
    if (!result.shards().isEmpty()) {
      long bytes = result.shards().stream().mapToLong(shard -> shard.contentBytes()).sum();
      out.printf(
          Locale.ROOT,
          "  %,d %s, %.1f MB of pictures and texts%n",
          result.shards().size(),
          formats.contains(Format.IMAGEFOLDER) ? "tables" : "shards",
          bytes / 1e6);
    }
  }

  private void printJson(Publication.Result result, PrintWriter out) throws IOException {
    ObjectMapper mapper =
        new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);
    out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(result));
  }

  private void warn(Publication.Result result, PrintWriter err) {
    MetadataWarnings.print(err, table, result.badRows());
    JoinCounts join = result.join();
    if (join.recordsWithoutRow() + join.rowsWithoutRecord() + join.repeatedRows() > 0) {
      err.printf(
          Locale.ROOT,
          "instar: left out: %,d records without a row, %,d rows without a record, %,d repeated rows%n",
          join.recordsWithoutRow(),
          join.rowsWithoutRecord(),
          join.repeatedRows());
      join.examples().stream().limit(NAMED).forEach(example -> err.println("instar: " + example));
    }
    List<Refusal> refused = result.refused();
    for (Refusal refusal : refused.subList(0, Math.min(NAMED, refused.size()))) {
      err.printf("instar: %s: %s: %s%n", refusal.location(), refusal.reason(), refusal.message());
    }
    if (refused.size() > NAMED) {
      err.printf(
          Locale.ROOT, "instar: %,d more records could not be read%n", refused.size() - NAMED);
    }
    result.warnings().forEach(warning -> err.println("instar: " + warning));
    err.flush();
  }
}
