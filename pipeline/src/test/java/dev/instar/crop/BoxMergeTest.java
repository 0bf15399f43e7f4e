package dev.instar.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BoxMergeTest {
  private static final BoxRecord EMPTY =
      new BoxRecord("a.jpg", Optional.empty(), List.of(), Optional.empty());

  @TempDir private Path folder;

  @Property(tries = 60)
  void shardsJoinedInOrderAreTheFileOfOneRun(
      @ForAll(supplier = SomeBoxes.class) List<BoxRecord> records,
      @ForAll @IntRange(min = 1, max = 4) int count,
      @ForAll BoxForm form)
      throws IOException {
    List<BoxRecord> named = form == BoxForm.TSV ? renamed(records) : records;
    String ending = List.of(".csv", ".json", ".tsv").get(form.ordinal());
    Path place = Files.createTempDirectory("merge");
    List<Path> shards = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int from = named.size() * i / count;
      int to = named.size() * (i + 1) / count;
      shards.add(written(place.resolve(i + ending), named.subList(from, to)));
    }
    Path whole = written(place.resolve("whole" + ending), named);
    Path merged = place.resolve("merged" + ending);

    BoxMerge merge = BoxMerge.into(merged, shards);

    assertThat(merged).hasSameBinaryContentAs(whole);
    assertThat(merge.photographs()).isEqualTo(named.size());
    assertThat(BoxMerge.into(merged, shards)).isEqualTo(merge);
    assertThat(merged).hasSameBinaryContentAs(whole);
    for (Path file : shards) {
      Files.delete(file);
    }
    Files.delete(whole);
    Files.delete(merged);
    Files.delete(place);
  }

  @Test
  void formsMayBeMixed() throws IOException {
    Path csv = written(folder.resolve("a.csv"), List.of(EMPTY));
    BoxRecord other =
        new BoxRecord(
            "b.jpg",
            Optional.empty(),
            List.of(new Detection(new BoundingBox(1, 2, 3, 4), .5f)),
            Optional.of(Quality.VALID));
    Path json = written(folder.resolve("b.json"), List.of(other));
    Path all = folder.resolve("all.csv");

    assertThat(BoxMerge.into(all, List.of(csv, json))).isEqualTo(new BoxMerge(2, 1));
    assertThat(BoxRecords.read(all)).extracting(BoxRecord::name).containsExactly("a.jpg", "b.jpg");
    assertThat(BoxRecords.read(all).get(1)).isEqualTo(other);
  }

  @Test
  void aPhotographInTwoShardsIsRefusedByName() throws IOException {
    Path first = written(folder.resolve("a.csv"), List.of(EMPTY));
    Path second = written(folder.resolve("b.csv"), List.of(EMPTY));
    Path all = folder.resolve("all.csv");
    assertThatThrownBy(() -> BoxMerge.into(all, List.of(first, second)))
        .isInstanceOf(BoxFileException.class)
        .hasMessageContainingAll("b.csv", "a.jpg", "before it");
    assertThat(all).doesNotExist();
  }

  @Test
  void aShardThatIsMissingOrUnfinishedIsToldApart() throws IOException {
    Path shard = folder.resolve("a.csv");
    List<Path> shards = List.of(shard);
    Path all = folder.resolve("all.csv");
    assertThatThrownBy(() -> BoxMerge.into(all, shards)).hasMessageContaining("no such file");
    Files.writeString(BoxWriter.unfinished(shard), BoxLines.HEADER);
    assertThatThrownBy(() -> BoxMerge.into(all, shards)).hasMessageContaining("not finished");
  }

  @Test
  void aFileThatListsNoBoxesIsRefused() throws IOException {
    Path shard = Files.writeString(folder.resolve("a.csv"), "name,left,top\nx.jpg,1,2\n");
    assertThatThrownBy(() -> BoxMerge.into(folder.resolve("all.csv"), List.of(shard)))
        .isInstanceOf(BoxFileException.class)
        .hasMessageContaining("a.csv");
  }

  private static List<BoxRecord> renamed(List<BoxRecord> records) {
    List<BoxRecord> named = new ArrayList<>();
    for (BoxRecord record : records) {
      named.add(
          new BoxRecord(
              "part1/ID-" + named.size() + ".jpg",
              record.drawnOn(),
              record.detections(),
              record.scored(),
              record.verdict(),
              record.quality()));
    }
    return named;
  }

  private static Path written(Path path, List<BoxRecord> records) throws IOException {
    try (BoxWriter writer = BoxWriter.open(path)) {
      for (BoxRecord record : records) {
        writer.write(record);
      }
      writer.finish();
    }
    return path;
  }
}
