package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.pack.Samples.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ContentChecksumTest {
  @TempDir(factory = FastFolder.class)
  Path folder;

  private String ofPack(String name, List<Sample> samples) throws IOException {
    try (Pack pack = Pack.open(Samples.pack(folder.resolve(name), samples))) {
      return ContentChecksum.of(pack);
    }
  }

  private static String of(Path path) throws IOException {
    try (ImageSource source = Sources.open(List.of(path.toString()), Limits.DEFAULT)) {
      return ContentChecksum.of(source);
    }
  }

  @Test
  void namesTheContentAndNotTheFile() throws IOException {
    List<Sample> samples = Samples.random(20, 500, 3);
    String whole = ofPack("whole.h5", samples);
    ofPack("first.h5", samples.subList(0, 8));
    ofPack("rest.h5", samples.subList(8, 20));
    List<Path> shards = List.of(folder.resolve("first.h5"), folder.resolve("rest.h5"));
    try (PackMerge merge = PackMerge.of(shards)) {
      merge.writeVirtual(folder.resolve("merged.h5"), Map.of());
    }

    assertThat(whole).matches("[0-9a-f]{64}");
    assertThat(of(folder.resolve("merged.h5"))).isEqualTo(whole);
  }

  @Test
  void aFolderHasThatOfAPackOfTheSamePictures() throws IOException {
    Path pictures = Files.createDirectory(folder.resolve("pictures"));
    List<Sample> samples = new ArrayList<>();
    for (Sample sample : Samples.random(5, 300, 4)) {
      String name = "p" + samples.size() + ".jpg";
      Files.write(pictures.resolve(name), sample.content());
      ImageRecord record = sample.record();
      samples.add(
          new Sample(
              new ImageRecord(name, 0, record.size(), record.original(), record.box()),
              sample.content()));
    }

    assertThat(of(pictures)).isEqualTo(ofPack("a.h5", samples));
  }

  @Test
  void changesWithAByteANameOrTheOrder() throws IOException {
    List<Sample> samples = Samples.random(6, 500, 5);
    List<Sample> otherByte = new ArrayList<>(samples);
    byte[] content = samples.get(2).content().clone();
    content[content.length / 2] ^= 1;
    otherByte.set(2, new Sample(samples.get(2).record(), content));
    List<Sample> otherName = new ArrayList<>(samples);
    ImageRecord record = samples.get(2).record();
    otherName.set(
        2,
        new Sample(
            new ImageRecord("x.jpg", 0, record.size(), record.original(), record.box()),
            samples.get(2).content()));
    List<Sample> otherOrder = new ArrayList<>(samples);
    Collections.swap(otherOrder, 1, 4);

    assertThat(
            List.of(
                ofPack("a.h5", samples),
                ofPack("b.h5", otherByte),
                ofPack("c.h5", otherName),
                ofPack("d.h5", otherOrder),
                ofPack("e.h5", samples.subList(0, 5))))
        .doesNotHaveDuplicates();
  }
}
