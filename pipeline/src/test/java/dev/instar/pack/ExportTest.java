package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.Region;
import dev.instar.image.Size;
import dev.instar.memory.Bytes;
import dev.instar.pack.Samples.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ExportTest {
  @TempDir(factory = FastFolder.class)
  Path folder;

  private final List<Sample> samples = Samples.random(6, 50, 21);

  @Test
  void aZipHasThePublishedLayoutAndIsReadBack() throws IOException {
    Path zip = zip(samples);
    try (ZipFile file = new ZipFile(zip.toFile())) {
      assertThat(file.size()).isEqualTo(samples.size());
      for (Sample sample : samples) {
        ImageRecord record = sample.record();
        String part = record.part() == 0 ? "" : "part" + record.part() + "/";
        String entry = "bioscan/images/small/" + part + record.name();
        assertThat(file.getInputStream(file.getEntry(entry)).readAllBytes())
            .isEqualTo(sample.content());
      }
    }
    try (ZipSource source = ZipSource.open(zip, Limits.DEFAULT)) {
      for (int i = 0; i < samples.size(); i++) {
        assertThat(source.name(i)).isEqualTo(samples.get(i).record().name());
        assertThat(source.part(i)).isEqualTo(samples.get(i).record().part());
      }
    }
  }

  @Test
  void aZipContinuesFromEveryLengthAsIfNeverInterrupted() throws IOException {
    Path target = zip(samples);
    byte[] whole = Files.readAllBytes(target);
    for (int length = 0; length <= whole.length; length++) {
      Files.delete(target);
      Files.write(folder.resolve("a.zip.partial"), Arrays.copyOf(whole, length));
      assertThat(Files.readAllBytes(zip(samples))).as("cut at %d", length).isEqualTo(whole);
    }
  }

  @Test
  void recordsAreAddedToAFinishedZip() throws IOException {
    byte[] whole = Files.readAllBytes(zip(samples));
    Files.delete(folder.resolve("a.zip"));
    byte[] before = Files.readAllBytes(zip(samples.subList(0, 3)));
    try (ZipExport export = ZipExport.open(folder.resolve("a.zip"), "small")) {
      Samples.appendTo(export, samples.subList(0, 5));
      assertThat(Files.readAllBytes(folder.resolve("a.zip"))).isEqualTo(before);
    }
    assertThat(Files.readAllBytes(zip(samples))).isEqualTo(whole);
  }

  @Test
  void aZipThatSomeoneElseWroteIsLeftAsItIs() throws IOException {
    byte[] letter = "no zip".getBytes(StandardCharsets.US_ASCII);
    Path target = Files.write(folder.resolve("a.zip"), letter);
    assertThatThrownBy(() -> ZipExport.open(target, "small"))
        .hasMessageContaining("was not written by this program");
    assertThat(Files.readAllBytes(target)).isEqualTo(letter);
  }

  @Test
  void aZipRefusesANameThatReadsLikeAPart() throws IOException {
    Size size = new Size(1, 1);
    ImageRecord record = new ImageRecord("part3/a.jpg", 0, size, size, Region.of(size));
    try (ZipExport export = ZipExport.open(folder.resolve("a.zip"), "small")) {
      assertThatThrownBy(() -> export.append(record, Bytes.copyOf(new byte[1])))
          .isInstanceOf(UnsafeNameException.class);
    }
  }

  @Test
  @Tag("slow")
  void aZipOfMoreThan65535EntriesIsRead() throws IOException {
    Size size = new Size(1, 1);
    Path target = folder.resolve("many.zip");
    try (ZipExport export = ZipExport.open(target, "small")) {
      for (int i = 0; i < 70_000; i++) {
        ImageRecord record =
            new ImageRecord(i + ".jpg", 1 + i / 10_000, size, size, Region.of(size));
        export.append(record, Bytes.copyOf(new byte[] {(byte) i}));
      }
      export.finish();
    }
    try (ZipFile file = new ZipFile(target.toFile());
        ZipSource source = ZipSource.open(target, Limits.DEFAULT)) {
      assertThat(file.size()).isEqualTo(70_000);
      assertThat(source.size()).isEqualTo(70_000);
      assertThat(source.name(69_999)).isEqualTo("69999.jpg");
    }
  }

  @Test
  void aFolderHasTheFilesAndTheirList() throws IOException {
    Path out = folder.resolve("out");
    fill(out, samples);
    assertThat(out.resolve("records.csv.partial")).doesNotExist();
    for (Sample sample : samples) {
      String path = new PublishedPath(sample.record().name(), sample.record().part()).inPackage();
      assertThat(Files.readAllBytes(out.resolve(path))).isEqualTo(sample.content());
    }
    List<ImageRecord> records = new ArrayList<>();
    List<String> lines = Files.readAllLines(out.resolve("records.csv"));
    for (String line : lines.subList(1, lines.size())) {
      records.add(RecordLine.parse(line).record());
    }
    assertThat(records).isEqualTo(samples.stream().map(Sample::record).toList());
  }

  @Test
  void aFolderContinuesFromEveryLengthOfItsJournal() throws IOException {
    Path out = folder.resolve("out");
    fill(out, samples);
    Path list = out.resolve("records.csv");
    byte[] whole = Files.readAllBytes(list);
    for (int length = 0; length <= whole.length; length += 5) {
      Files.write(out.resolve("records.csv.partial"), Arrays.copyOf(whole, length));
      Files.delete(list);
      fill(out, samples);
      assertThat(Files.readAllBytes(list)).as("cut at %d", length).isEqualTo(whole);
    }
  }

  @Test
  void recordsAreAddedToAFinishedFolder() throws IOException {
    Path out = folder.resolve("out");
    fill(out, samples.subList(0, 2));
    fill(out, samples.subList(0, 2));
    fill(out, samples);
    try (FolderSink sink = FolderSink.open(out)) {
      assertThat(sink.size()).isEqualTo(samples.size());
    }
  }

  @Test
  void aLineKeepsNamesWithCommasAndQuotes() {
    Size size = new Size(3, 4);
    for (String name : List.of("a,b.jpg", "\"q\".jpg", "\"", "a\"b,1,2", "plain.jpg")) {
      ImageRecord record = new ImageRecord(name, 2, size, new Size(9, 9), new Region(-1, 0, 5, 5));
      RecordLine line = new RecordLine(record, 77, 0xdeadbeef);
      assertThat(RecordLine.parse(line.text().stripTrailing())).isEqualTo(line);
    }
  }

  private Path zip(List<Sample> content) throws IOException {
    Path target = folder.resolve("a.zip");
    try (ZipExport export = ZipExport.open(target, "small")) {
      Samples.appendTo(export, content);
      export.finish();
    }
    return target;
  }

  private static void fill(Path out, List<Sample> content) throws IOException {
    try (FolderSink sink = FolderSink.open(out)) {
      Samples.appendTo(sink, content);
      sink.finish();
    }
  }
}
