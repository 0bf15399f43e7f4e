package dev.instar.bench;

import dev.instar.memory.Bytes;
import dev.instar.pack.Encoding;
import dev.instar.pack.PackWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a pack take beyond writing the bytes: checksums, names, the log, the index, the order
 * of syncs?
 *
 * <p>{@code bench/jmh PackWrite -rf json -rff out.json}; {@code -jvmArgsAppend
 * -Djava.io.tmpdir=DIR} chooses the disk. Figures are records of 8 KB per second, synced, on one
 * thread.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class PackWriteBenchmark {
  private static final int RECORDS = 2000;

  private final List<Bytes> contents = new ArrayList<>();
  private Path folder;
  private Path target;

  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("instar-bench");
    target = folder.resolve("records.h5");
    for (int i = 0; i < RECORDS; i++) {
      contents.add(SmallRecords.content(i));
    }
  }

  @TearDown(Level.Invocation)
  public void delete() throws IOException {
    Files.delete(target);
  }

  @TearDown
  public void close() throws IOException {
    Files.delete(folder);
  }

  /** The limit: the same bytes, one write a record, synced once. */
  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long plainFile() throws IOException {
    try (FileChannel file =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (Bytes content : contents) {
        ByteBuffer left = content.buffer();
        while (left.hasRemaining()) {
          file.write(left);
        }
      }
      file.force(true);
      return file.size();
    }
  }

  @Benchmark
  @OperationsPerInvocation(RECORDS)
  public long pack() throws IOException {
    try (PackWriter writer = PackWriter.open(target, Encoding.JPEG, Map.of())) {
      for (int i = 0; i < RECORDS; i++) {
        writer.append(SmallRecords.record(i), contents.get(i));
      }
      writer.finish();
    }
    return Files.size(target);
  }
}
