package dev.instar.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.memory.Bytes;
import dev.instar.memory.NativeBuffer;
import dev.instar.testing.HdfTools;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class Hdf5WriterTest {
  @TempDir Path folder;

  @Test
  void readsBackWhatItWrote() throws Exception {
    Path path = folder.resolve("all é.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(path)) {
      writer.createGroup("/columns");
      writer.writeColumn("/columns/bytes", new byte[] {1, -1, 0});
      writer.writeColumn("/columns/shorts", new short[] {Short.MIN_VALUE, 7});
      writer.writeColumn("/columns/ints", new int[] {Integer.MIN_VALUE, 7});
      writer.writeColumn("/columns/longs", new long[] {Long.MIN_VALUE, 7});
      writer.writeColumn("/columns/floats", new float[] {1.5f, Float.NaN});
      writer.writeColumn("/columns/doubles", new double[] {-0.25, Double.MAX_VALUE});
      writer.writeColumn("/columns/names", new String[] {"", "Ormosia é", "b"});
      writer.writeAttribute("/", "format", "instar-pack");
      writer.writeAttribute("/", "empty", "");
      writer.writeAttribute("/columns", "version", 3);
      writer.writeAttribute("/columns/ints", "scale", 0.5);
      writer.writeBytes(
          "/columns",
          "a b é.jpg",
          Bytes.copyOf(new byte[] {9, 8}),
          Map.of("box", new long[] {1, -2, 3}));
    }
    try (Hdf5File file = Hdf5File.open(path)) {
      assertThat(file.dataset("/columns", "bytes").readBytes()).containsExactly(1, -1, 0);
      assertThat(file.dataset("/columns", "bytes").readLongs()).containsExactly(1, 255, 0);
      assertThat(file.dataset("/columns", "shorts").readShorts())
          .containsExactly(Short.MIN_VALUE, (short) 7);
      assertThat(file.dataset("/columns", "ints").readInts()).containsExactly(Integer.MIN_VALUE, 7);
      assertThat(file.dataset("/columns", "longs").readLongs()).containsExactly(Long.MIN_VALUE, 7);
      assertThat(file.dataset("/columns", "floats").readFloats()).containsExactly(1.5f, Float.NaN);
      assertThat(file.dataset("/columns", "doubles").readDoubles())
          .containsExactly(-0.25, Double.MAX_VALUE);
      assertThat(file.dataset("/columns", "names").readStrings())
          .containsExactly("", "Ormosia é", "b");
      assertThat(file.stringAttribute("/", "format")).contains("instar-pack");
      assertThat(file.stringAttribute("/", "empty")).contains("");
      assertThat(file.stringAttribute("/", "absent")).isEmpty();
      assertThat(file.longAttribute("/columns", "version")).contains(3L);
      assertThat(file.doubleAttribute("/columns/ints", "scale")).contains(0.5);
      Hdf5Dataset picture = file.dataset("/columns", "a b é.jpg");
      assertThat(picture.mapped().orElseThrow().toArray()).containsExactly(9, 8);
      assertThat((long[]) picture.attributes().get("box")).containsExactly(1, -2, 3);
      Storage.Contiguous storage = (Storage.Contiguous) picture.storage();
      byte[] raw = Files.readAllBytes(path);
      int at = (int) storage.address();
      assertThat(Arrays.copyOfRange(raw, at, at + 2)).containsExactly(9, 8);
    }
  }

  @Test
  void refusesToReplaceAFileAndSaysWhy() throws Exception {
    Path path = Files.writeString(folder.resolve("taken.h5"), "mine");
    assertThatThrownBy(() -> Hdf5Writer.create(path))
        .isInstanceOf(Hdf5Exception.class)
        .hasMessageContaining(path + ": cannot create: ")
        .hasMessageContaining("File exists");
    assertThat(path).hasContent("mine");
  }

  @Test
  void saysWhatStoodInTheWayOfAWrite() throws Exception {
    try (Hdf5Writer writer = Hdf5Writer.create(folder.resolve("a.h5"))) {
      writer.writeColumn("/a", new int[] {1});
      assertThatThrownBy(() -> writer.writeColumn("/a", new int[] {2}))
          .isInstanceOf(Hdf5Exception.class)
          .hasMessageContaining("cannot write /a: ")
          .hasMessageContaining("name already exists");
      assertThatThrownBy(() -> writer.writeColumn("/absent/a", new int[] {2}))
          .isInstanceOf(Hdf5Exception.class);
      assertThat(writer.contains("/", "a")).isTrue();
      assertThat(writer.contains("/", "b")).isFalse();
    }
    assertThat(Hdf5Library.openObjects()).isZero();
  }

  @Test
  void survivesAFullDiskAndWritesAgain() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    // The shell counts in blocks of 1,024 bytes; a file that outgrows 3 MB fails as on a full disk.
    ProcessBuilder limited =
        new ProcessBuilder(
            "bash",
            "-c",
            "ulimit -f 3000; exec \"$0\" \"$@\"",
            java,
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            FullDisk.class.getName(),
            folder.toString());
    Process process = limited.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("full.h5: cannot ", "File too large");
    try (Hdf5File file = Hdf5File.open(folder.resolve("small.h5"))) {
      assertThat(file.dataset("/", "small").readInts()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void h5pyAndH5dumpReadEveryColumn() throws Exception {
    Path path = folder.resolve("columns.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(path)) {
      writer.writeColumn("/longs", new long[] {Long.MIN_VALUE, 7});
      writer.writeColumn("/doubles", new double[] {-0.25});
      writer.writeColumn("/names", new String[] {"a", "Zoë"});
      writer.writeColumn("/none", new int[0]);
      writer.writeAttribute("/", "format", "instar-pack");
      writer.writeAttribute("/longs", "unit", 3);
    }
    String script =
        """
        import h5py, sys
        with h5py.File(sys.argv[1], 'r') as f:
            print(f.attrs['format'], f['longs'].attrs['unit'], f['longs'][:].tolist(), f['doubles'][:])
            print([n.decode() for n in f['names'][:]], f['none'].shape, f['none'].dtype)
        """;
    assertThat(HdfTools.h5py(script, path))
        .isEqualTo(
            """
            instar-pack 3 [-9223372036854775808, 7] [-0.25]
            ['a', 'Zoë'] (0,) int32
            """);
    assertThat(HdfTools.h5dump("-d", "/longs", path))
        .contains("H5T_STD_I64LE", "(0): -9223372036854775808, 7");
  }

  @Test
  void writesTheSameBytesForTheSameCalls() throws Exception {
    byte[][] files = new byte[2][];
    for (int i = 0; i < 2; i++) {
      Path path = folder.resolve(i + ".h5");
      try (Hdf5Writer writer = Hdf5Writer.create(path)) {
        writer.createGroup("/g");
        writer.writeBytes("/g", "a", Bytes.copyOf(new byte[] {1}), Map.of("x", 1.5));
        writer.writeAttribute("/g", "text", "t");
      }
      files[i] = Files.readAllBytes(path);
    }
    assertThat(files[0]).isEqualTo(files[1]);
  }

  @Test
  void joinsFilesThatLieBesideTheVirtualOne() throws Exception {
    for (String part : List.of("a.h5", "b.h5")) {
      try (Hdf5Writer writer = Hdf5Writer.create(folder.resolve(part))) {
        writer.writeColumn("/data", part.getBytes(StandardCharsets.UTF_8));
      }
    }
    Path joined = folder.resolve("joined.h5");
    List<VirtualPart> parts =
        List.of(
            new VirtualPart("a.h5", "/data", 0, 4),
            new VirtualPart("b.h5", "/data", 1, 3),
            new VirtualPart("a.h5", "/data", 2, 1));
    try (Hdf5Writer writer = Hdf5Writer.create(joined)) {
      writer.writeVirtual("/data", parts);
    }
    try (Hdf5File file = Hdf5File.open(joined)) {
      assertThat(file.dataset("/", "data").storage()).isEqualTo(new Storage.Virtual(parts));
      assertThat(new String(file.dataset("/", "data").readBytes(), StandardCharsets.UTF_8))
          .isEqualTo("a.h5.h5h");
    }
    // From another working folder: names resolve beside the virtual file.
    String script =
        "import h5py, sys, os; os.chdir('/'); print(bytes(h5py.File(sys.argv[1], 'r')['data'][:]).decode())";
    assertThat(HdfTools.h5py(script, joined)).isEqualTo("a.h5.h5h\n");
  }

  @Test
  void takesTurnsWhereManyThreadsWrite() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Future<long[]>> results = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        int seed = thread;
        results.add(threads.submit(() -> roundTrip(seed)));
      }
      for (int thread = 0; thread < 8; thread++) {
        assertThat(results.get(thread).get()).containsExactly(thread, thread + 1, 199);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private long[] roundTrip(int seed) throws Exception {
    Path path = folder.resolve("thread" + seed + ".h5");
    try (Hdf5Writer writer = Hdf5Writer.create(path)) {
      for (int i = 0; i < 200; i++) {
        writer.writeColumn("/" + i, new long[] {seed, seed + 1, i});
      }
    }
    try (Hdf5File file = Hdf5File.open(path)) {
      assertThat(file.links("/")).hasSize(200);
      return file.dataset("/", "199").readLongs();
    }
  }

  @Test
  @Tag("slow")
  void leavesNothingOpenInTheLibraryAndNoMemoryBehind() throws Exception {
    long before = NativeBuffer.allocatedBytes();
    long resident = 0;
    for (int i = 0; i < 10_000; i++) {
      Path path = folder.resolve("leak.h5");
      try (Hdf5Writer writer = Hdf5Writer.create(path)) {
        writer.createGroup("/g");
        writer.writeColumn("/g/c", new int[100]);
        writer.writeAttribute("/g", "a", "b");
      }
      try (Hdf5File file = Hdf5File.open(path)) {
        assertThat(file.dataset("/g", "c").readInts()).hasSize(100);
      }
      Files.delete(path);
      if (i == 1999) {
        resident = residentOutsideHeap();
      }
    }
    assertThat(Hdf5Library.openObjects()).isZero();
    assertThat(NativeBuffer.allocatedBytes()).isEqualTo(before);
    // In kilobytes, 8,000 files later. The C library keeps 2 KB for each file with a text
    // attribute.
    assertThat(residentOutsideHeap() - resident).isLessThan(80_000);
  }

  private static long residentOutsideHeap() throws Exception {
    System.gc();
    long heap = Runtime.getRuntime().totalMemory() / 1024;
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) - heap;
      }
    }
    throw new AssertionError("no VmRSS");
  }

  @Property(tries = 50)
  void columnsComeBackAsTheyWere(
      @ForAll long[] longs, @ForAll double[] doubles, @ForAll short[] shorts) throws Exception {
    Path path = Files.createTempDirectory("columns").resolve("columns.h5");
    try (Hdf5Writer writer = Hdf5Writer.create(path)) {
      writer.writeColumn("/longs", longs);
      writer.writeColumn("/doubles", doubles);
      writer.writeColumn("/shorts", shorts);
    }
    try (Hdf5File file = Hdf5File.open(path)) {
      assertThat(file.dataset("/", "longs").readLongs()).isEqualTo(longs);
      assertThat(file.dataset("/", "doubles").readDoubles()).isEqualTo(doubles);
      assertThat(file.dataset("/", "shorts").readShorts()).isEqualTo(shorts);
    } finally {
      Files.delete(path);
      Files.delete(path.getParent());
    }
  }
}
