package dev.instar.bench;

import dev.instar.memory.Bytes;
import dev.instar.pack.Encoding;
import dev.instar.pack.Pack;
import dev.instar.pack.PackWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.SplittableRandom;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many random records of 8 KB does a pack in the page cache give per second, and do threads
 * stand in each other's way?
 *
 * <p>{@code bench/jmh PackBenchmark -rf json -rff out.json}. Figures are records per second of all
 * threads together.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(2)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PackBenchmark {
  private static final int PAGE = 4096;

  /** 160 MB: more than any processor's cache, less than any machine's memory. */
  @Param("20000")
  int records;

  private Path folder;
  private Pack pack;
  private FileChannel plain;

  /** One thread's dice, and where its copies go. */
  @State(Scope.Thread)
  public static class Reader {
    private final SplittableRandom random = new SplittableRandom(1);
    final ByteBuffer copy = ByteBuffer.allocateDirect(SmallRecords.BYTES);

    int next(int records) {
      return random.nextInt(records);
    }
  }

  @Setup
  public void write() throws IOException {
    folder = Files.createTempDirectory("instar-bench");
    Path file = folder.resolve("plain");
    Path packed = folder.resolve("records.h5");
    plain =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try (PackWriter writer = PackWriter.open(packed, Encoding.JPEG, Map.of())) {
      for (int i = 0; i < records; i++) {
        Bytes content = SmallRecords.content(i);
        writer.append(SmallRecords.record(i), content);
        plain.write(content.buffer());
      }
      writer.finish();
    }
    pack = Pack.open(packed);
  }

  @TearDown
  public void delete() throws IOException {
    pack.close();
    plain.close();
    Files.delete(folder.resolve("plain"));
    Files.delete(folder.resolve("records.h5"));
    Files.delete(folder);
  }

  /** Only where the record lies. */
  @Benchmark
  public Bytes view(Reader reader) {
    return pack.bytes(reader.next(records));
  }

  /** And a byte of each of its pages, as a decoder's first access. */
  @Benchmark
  public int touch(Reader reader) {
    Bytes record = pack.bytes(reader.next(records));
    int sum = 0;
    for (int at = 0; at < record.size(); at += PAGE) {
      sum += record.get(at);
    }
    return sum;
  }

  /** And all of its bytes, to the reader's own memory. */
  @Benchmark
  public ByteBuffer copy(Reader reader) {
    return copy(reader, reader.next(records));
  }

  @Benchmark
  @Threads(2)
  public Bytes viewFromTwoThreads(Reader reader) {
    return view(reader);
  }

  @Benchmark
  @Threads(2)
  public int touchFromTwoThreads(Reader reader) {
    return touch(reader);
  }

  @Benchmark
  @Threads(2)
  public ByteBuffer copyFromTwoThreads(Reader reader) {
    return copy(reader);
  }

  /** The alternative: a read call for each record of a plain file, whose places need no index. */
  @Benchmark
  public ByteBuffer readPlainFile(Reader reader) throws IOException {
    return readPlainFile(reader, reader.next(records));
  }

  ByteBuffer copy(Reader reader, int index) {
    return reader.copy.clear().put(pack.bytes(index).buffer());
  }

  ByteBuffer readPlainFile(Reader reader, int index) throws IOException {
    long start = (long) index * SmallRecords.BYTES;
    reader.copy.clear();
    while (reader.copy.hasRemaining()) {
      plain.read(reader.copy, start + reader.copy.position());
    }
    return reader.copy;
  }
}
