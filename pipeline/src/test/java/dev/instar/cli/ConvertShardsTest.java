package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.instar.convert.Quarantine;
import dev.instar.image.Size;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same input by shards, by numbers of threads and by other programs' readers. */
final class ConvertShardsTest {
  private static final int GOOD = 30;
  private static final String PYTHON = "/usr/bin/python3";

  @TempDir Path folder;
  private Path photos;

  @BeforeEach
  void draw() throws Exception {
    photos = Photographs.folder(folder.resolve("photos"), GOOD, new Size(200, 150));
    // A name that comes twice, so far apart that no shard has both.
    Files.copy(photos.resolve("part1/p1003.jpg"), photos.resolve("part3/p1000.jpg"));
  }

  @Test
  void shardsJoinedInOrderAreTheWholeAndOneRunsPack() throws Exception {
    Path whole = folder.resolve("whole.h5");
    assertThat(CommandRun.of("convert", photos, "-o", whole).status())
        .isEqualTo(ExitStatus.QUARANTINED);
    List<Object> merge = new ArrayList<>(List.of("merge", "-o", folder.resolve("virtual.h5")));
    int quarantined = 0;
    for (int i = 0; i < 3; i++) {
      CommandRun.of("convert", photos, "-o", folder.resolve("out.h5"), "--shard", i + "/3");
      Path shard = folder.resolve("out-0000" + i + "-of-00003.h5");
      Path refused = folder.resolve(shard.getFileName() + ".quarantine.jsonl");
      quarantined += Files.exists(refused) ? Files.readAllLines(refused).size() : 0;
      merge.add(shard);
    }
    assertThat(quarantined).isEqualTo(3);

    assertThat(CommandRun.of(merge.toArray()).status()).isEqualTo(ExitStatus.DONE);
    merge.set(2, folder.resolve("copy.h5"));
    merge.add("--copy");
    assertThat(CommandRun.of(merge.toArray()).status()).isEqualTo(ExitStatus.DONE);
    Map<String, String> expected = Photographs.records(whole);
    assertThat(expected).hasSize(GOOD);
    assertThat(Photographs.records(folder.resolve("virtual.h5")))
        .containsExactlyEntriesOf(expected);
    assertThat(folder.resolve("copy.h5")).hasSameBinaryContentAs(whole);
    assertThat(CommandRun.of(merge.toArray()).status()).isEqualTo(ExitStatus.DONE);
    assertThat(folder.resolve("copy.h5")).hasSameBinaryContentAs(whole);
    for (String joined : List.of("virtual.h5", "copy.h5")) {
      assertThat(Files.readAllLines(Quarantine.fileFor(folder.resolve(joined))))
          .containsExactlyInAnyOrderElementsOf(Files.readAllLines(Quarantine.fileFor(whole)));
    }
    assertThat(CommandRun.of("verify", folder.resolve("virtual.h5")).status())
        .isEqualTo(ExitStatus.DONE);
  }

  @Test
  void aSlurmArrayTaskConvertsItsShare() throws Exception {
    Map<String, String> task =
        Map.of(
            "SLURM_ARRAY_TASK_ID", "5",
            "SLURM_ARRAY_TASK_MIN", "3",
            "SLURM_ARRAY_TASK_STEP", "1",
            "SLURM_ARRAY_TASK_COUNT", "4");
    Process child =
        CommandRun.start(folder, task, "convert", photos, "-o", folder.resolve("slurm.h5"));
    CommandRun run = CommandRun.end(child, folder);
    CommandRun.of("convert", photos, "-o", folder.resolve("told.h5"), "--shard", "2/4");

    assertThat(run.err()).contains("instar: shard 2/4");
    assertThat(folder.resolve("slurm-00002-of-00004.h5"))
        .hasSameBinaryContentAs(folder.resolve("told-00002-of-00004.h5"));
  }

  @Test
  void theNumberOfThreadsChangesNoByteOfAPack() throws Exception {
    for (int threads : new int[] {1, 2, 5}) {
      Path target = folder.resolve(threads + ".h5");
      CommandRun.of("convert", photos, "-o", target, "--threads", threads);
      assertThat(target).hasSameBinaryContentAs(folder.resolve("1.h5"));
    }
    assertThat(Photographs.records(folder.resolve("1.h5"))).hasSize(GOOD);
  }

  @Test
  void h5pyReadsThePack() throws Exception {
    Path target = folder.resolve("a.h5");
    CommandRun.of("convert", photos, "-o", target, "--attribute", "license=CC BY 3.0");
    String script =
        """
        import h5py, sys, hashlib
        f = h5py.File(sys.argv[1])
        assert f.attrs["license"] == "CC BY 3.0"
        for name, part, at, n in zip(f["name"].asstr(), f["part"], f["offset"], f["length"]):
            print(part, name, n, hashlib.sha256(f["data"][at:at + n].tobytes()).hexdigest())
        """;
    assertThat(python("h5py", script, target)).isEqualTo(lines(Photographs.records(target)));
  }

  @Test
  void pythonReadsTheZipInThePublishedLayout() throws Exception {
    Path target = folder.resolve("cropped_256.zip");
    CommandRun.of("convert", photos, "-o", target);
    String script =
        """
        import zipfile, sys, hashlib
        z = zipfile.ZipFile(sys.argv[1])
        assert z.testzip() is None
        for i in z.infolist():
            top, images, package, part, name = i.filename.split("/")
            assert (top, images, package) == ("bioscan", "images", "cropped_256")
            print(part[4:], name, i.file_size, hashlib.sha256(z.read(i)).hexdigest())
        """;
    assertThat(python("zipfile", script, target)).isEqualTo(lines(Photographs.records(target)));
  }

  @Test
  void theReferencesLoaderReadsThePublishedHdf5Layout() throws Exception {
    Path target = folder.resolve("a.hdf5");
    CommandRun.of("convert", photos, "-o", target, "--layout", "bioscan", "--size", 64);
    String script =
        """
        import h5py, io, sys, numpy
        from PIL import Image
        f = h5py.File(sys.argv[1], "r")["bioscan_dataset"]
        for name in f.keys():
            image = Image.open(io.BytesIO(numpy.asarray(f[name])))
            image.load()
            print(name, image.size, image.mode)
        """;
    assertThat(python("PIL", script, target))
        .hasSize(GOOD)
        .contains("p1000.jpg (85, 64) RGB")
        .allMatch(line -> line.endsWith(" (85, 64) RGB"));
  }

  private static List<String> lines(Map<String, String> records) {
    List<String> lines = new ArrayList<>();
    records.forEach((key, value) -> lines.add(key + " " + value));
    return lines;
  }

  private static List<String> python(String module, String script, Path file) throws Exception {
    assumeThat(Path.of(PYTHON)).exists();
    int available = new ProcessBuilder(PYTHON, "-c", "import " + module).start().waitFor();
    assumeThat(available).as("python3 has " + module).isZero();
    Process python =
        new ProcessBuilder(PYTHON, "-c", script, file.toString()).redirectErrorStream(true).start();
    String out = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).as(out).isZero();
    return out.lines().toList();
  }
}
