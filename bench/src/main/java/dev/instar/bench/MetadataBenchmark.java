package dev.instar.bench;

import dev.instar.split.Experiment;
import dev.instar.split.SplitPlan;
import dev.instar.split.SplitTable;
import dev.instar.split.Strategy;
import dev.instar.synth.SyntheticMetadata;
import dev.instar.taxonomy.Statistics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How near do statistics and splits of a specimen table come to reading its bytes at all?
 *
 * <p>{@code bench/jmh Metadata -rf json -rff out.json}. Figures are milliseconds a table of {@link
 * #records} rows with barcodes, about 1 KB a row, on one thread.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class MetadataBenchmark {
  @Param("100000")
  int records;

  private Path folder;
  private Path table;

  @Setup
  public void write() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("instar-bench");
    new SyntheticMetadata(records, 1).write(folder, 1);
    table = folder.resolve("metadata.tsv");
  }

  @TearDown
  public void delete() throws IOException {
    Files.delete(table);
    Files.delete(folder);
  }

  /** The limit: the bytes, from the page cache. */
  @Benchmark
  public long readOnly() throws IOException {
    byte[] buffer = new byte[1 << 20];
    long bytes = 0;
    try (InputStream in = Files.newInputStream(table)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        bytes += read;
      }
    }
    return bytes;
  }

  /** Every rank, the BINs and the barcodes. */
  @Benchmark
  public Statistics statistics() throws IOException {
    return Statistics.of(Statistics.read(table, 1));
  }

  /** The two large experiments, from which the others are taken. */
  @Benchmark
  public SplitTable split() throws IOException {
    SplitPlan plan =
        new SplitPlan(
            EnumSet.of(Experiment.LARGE_DIPTERA_FAMILY, Experiment.LARGE_INSECT_ORDER),
            EnumSet.noneOf(Experiment.class),
            1,
            false,
            Optional.empty(),
            Strategy.BALANCED,
            SplitPlan.SMALL,
            SplitPlan.MEDIUM);
    return SplitTable.of(table, plan, 1);
  }

  /** The alternative: a line, its fields as strings, and a map, for one column. */
  @Benchmark
  public Map<String, Integer> countOneColumnThroughStrings() throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    try (BufferedReader lines = Files.newBufferedReader(table)) {
      List<String> columns = List.of(lines.readLine().split("\t", -1));
      int order = Math.max(columns.indexOf("order"), 0);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        counts.merge(line.split("\t", -1)[order], 1, Integer::sum);
      }
    }
    return counts;
  }
}
