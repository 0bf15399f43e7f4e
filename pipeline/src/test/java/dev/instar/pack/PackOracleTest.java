package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.instar.pack.Samples.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What h5py, h5dump and h5repack make of a pack. */
final class PackOracleTest {
  private static final String READ_ALL =
      """
      import h5py, sys
      f = h5py.File(sys.argv[1])
      for i in range(len(f["name"])):
          o, n = f["offset"][i], f["length"][i]
          jpeg = f["data"][o:o+n].tobytes()
          print(f["name"].asstr()[i], f["part"][i], f["width"][i], f["height"][i],
                f["original_width"][i], f["original_height"][i], *f["box"][i],
                f["area_fraction"][i].tobytes().hex(), f["scale_factor"][i].tobytes().hex(),
                jpeg.hex())
      """;

  @TempDir(factory = FastFolder.class)
  Path folder;

  @Test
  void h5pyReadsEveryRecord() throws Exception {
    List<Sample> samples = Samples.random(50, 300, 3);
    Path pack = Samples.pack(folder.resolve("a.h5"), samples);
    assertThat(python(READ_ALL, pack)).isEqualTo(expected(samples));
  }

  @Test
  void h5pyReadsAPackThatWasAppendedTo() throws Exception {
    List<Sample> samples = Samples.random(20, 300, 4);
    Samples.pack(folder.resolve("a.h5"), samples.subList(0, 7));
    Path pack = Samples.pack(folder.resolve("a.h5"), samples);
    assertThat(python(READ_ALL, pack)).isEqualTo(expected(samples));
  }

  @Test
  void h5pyReadsAnEmptyPackAndItsAttributes() throws Exception {
    Path pack = Samples.pack(folder.resolve("a.h5"), List.of());
    String attributes =
        """
        import h5py, sys
        f = h5py.File(sys.argv[1])
        print(sorted((k, str(v)) for k, v in f.attrs.items()))
        print(len(f.attrs), f["name"].shape, f["box"].shape, f["data"].shape, f["data"].dtype)
        """;
    assertThat(python(attributes, pack))
        .isEqualTo(
            """
            [('copyright', 'Schmetterlingsf\u00e4nger & S\u00f6hne'), ('empty', ''), ('encoding', 'jpeg'), \
            ('format', 'instar-pack'), ('format_version', '1'), ('license', 'CC BY 3.0'), ('records', '0')]
            7 (0,) (0, 4) (0,) uint8
            """);
  }

  @Test
  void h5pyReadsAVirtualPackFromAnyFolder() throws Exception {
    List<Sample> samples = Samples.random(40, 300, 5);
    Path sub = Files.createDirectory(folder.resolve("shards"));
    Path first = Samples.pack(sub.resolve("1.h5"), samples.subList(0, 11));
    Path none = Samples.pack(sub.resolve("none.h5"), List.of());
    Path second = Samples.pack(folder.resolve("2.h5"), samples.subList(11, 40));
    Path all = folder.resolve("all.h5");
    try (PackMerge merge = PackMerge.of(List.of(first, none, second))) {
      merge.writeVirtual(all, Map.of());
    }
    assertThat(python(READ_ALL, all)).isEqualTo(expected(samples));
  }

  @Test
  void h5dumpFindsNothingWrong() throws Exception {
    Path pack = Samples.pack(folder.resolve("a.h5"), Samples.random(5, 100, 6));
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/h5dump")), "h5dump is not installed");
    String dump = run("/usr/bin/h5dump", pack.toString());
    assertThat(dump).contains("DATASET \"scale_factor\"", "\"CC BY 3.0\"", "H5T_CSET_UTF8");
    assertThat(dump).doesNotContain("error").doesNotContain("unable");
  }

  @Test
  void readsWhatH5repackMadeOfAPack() throws Exception {
    List<Sample> samples = Samples.random(30, 400, 8);
    Path pack = Samples.pack(folder.resolve("a.h5"), samples);
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/h5repack")), "h5repack is not installed");
    Path plain = folder.resolve("plain.h5");
    run("/usr/bin/h5repack", pack.toString(), plain.toString());
    PackRoundTripTest.assertHolds(plain, samples);
    Path packed = folder.resolve("packed.h5");
    run(
        "/usr/bin/h5repack",
        "-l",
        "data:CHUNK=500",
        "-f",
        "GZIP=1",
        pack.toString(),
        packed.toString());
    assertThatThrownBy(() -> Pack.open(packed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("h5repack -l data:CONTI");
  }

  @Test
  void readsAPackWhoseAttributesH5pyChanged() throws Exception {
    List<Sample> samples = Samples.random(10, 400, 9);
    Path pack = Samples.pack(folder.resolve("a.h5"), samples);
    python("import h5py, sys\nh5py.File(sys.argv[1], 'r+').attrs['note'] = 'seen'\n", pack);
    try (Pack changed = Pack.open(pack)) {
      assertThat(changed.attributes()).containsEntry("note", "seen");
      assertThat(changed.size()).isEqualTo(10);
      assertThat(changed.bytes(9).toArray()).isEqualTo(samples.get(9).content());
    }
  }

  private static String expected(List<Sample> samples) {
    StringBuilder lines = new StringBuilder();
    for (Sample sample : samples) {
      ImageRecord r = sample.record();
      List<Object> fields = new ArrayList<>(List.of(r.name(), r.part()));
      fields.addAll(List.of(r.size().width(), r.size().height()));
      fields.addAll(List.of(r.original().width(), r.original().height()));
      fields.addAll(List.of(r.box().x(), r.box().y(), r.box().width(), r.box().height()));
      fields.addAll(List.of(hex(r.areaFraction()), hex(r.scaleFactor())));
      fields.add(HexFormat.of().formatHex(sample.content()));
      lines.append(String.join(" ", fields.stream().map(Object::toString).toList())).append('\n');
    }
    return lines.toString();
  }

  private static String hex(double value) {
    return HexFormat.of().toHexDigits(Long.reverseBytes(Double.doubleToLongBits(value)));
  }

  private String python(String program, Path argument) throws Exception {
    Path python = Path.of("/usr/bin/python3");
    assumeTrue(Files.isExecutable(python), "python3 is not installed");
    Process probe = new ProcessBuilder("/usr/bin/python3", "-c", "import h5py").start();
    assumeTrue(probe.waitFor() == 0, "python3-h5py is not installed");
    Path script = Files.writeString(folder.resolve("script.py"), program);
    return run("/usr/bin/python3", script.toString(), argument.toString());
  }

  private static String run(String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    builder.directory(Path.of("/").toFile());
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
