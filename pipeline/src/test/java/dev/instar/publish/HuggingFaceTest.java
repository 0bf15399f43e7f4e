package dev.instar.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.parquet.PictureTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HuggingFaceTest {
  @TempDir private Path folder;

  private PictureTable read(String file) throws IOException {
    return PictureTable.read(folder.resolve("out/data").resolve(file));
  }

  @Test
  void storesPicturesTextsAndClassNumbersAndLeavesOutWhatIsMissing() throws IOException {
    new Fixture(folder)
        .pictures("b.jpg", "a.jpg", "c.jpg")
        .rows(
            "S1|Diptera|F1|a.jpg|1|train|CC BY 3.0|M",
            "S2|Coleoptera|not_classified|b.jpg|1|train|CC BY 3.0|M",
            "|Diptera|F1|c.jpg|1|train|CC BY 3.0|M")
        .publish();
    List<Map<String, Object>> rows = read("train-00000-of-00001.parquet").rows();
    assertThat(rows).hasSize(3);
    Map<?, ?> image = (Map<?, ?>) rows.get(0).get("image");
    assertThat(image.get("bytes")).isEqualTo(Fixture.jpeg(1));
    assertThat(image.get("path")).isEqualTo("a.jpg");
    assertThat(rows.get(0)).containsEntry("sampleid", "S1").containsEntry("order", 0L);
    assertThat(rows.get(1)).containsEntry("order", 1L).doesNotContainKey("family");
    assertThat(rows.get(2)).doesNotContainKey("sampleid").containsEntry("family", 0L);
  }

  @Test
  void describesTheFeaturesAsTheDatasetsLibraryDoes() throws IOException {
    new Fixture(folder).many(6).publish();
    PictureTable table = read("train-00000-of-00001.parquet");
    assertThat(table.metadata().get("huggingface"))
        .startsWith(
            "{\"info\":{\"features\":{\"image\":{\"_type\":\"Image\"},\"sampleid\":{\"dtype\":\"string\",\"_type\":\"Value\"},"
                + "\"order\":{\"names\":[\"Diptera\",\"Coleoptera\"],\"_type\":\"ClassLabel\"}");
    assertThat(table.schema())
        .contains(
            "optional group image {\n    optional binary bytes;\n    optional binary path (STRING);")
        .contains("optional int64 order;")
        .contains("optional binary sampleid (STRING);");
  }

  @Test
  void keepsTheNamesOfARankWithTooManyClasses() throws IOException {
    new Fixture(folder).many(6).classLabels(1).publish();
    PictureTable table = read("train-00000-of-00001.parquet");
    assertThat(table.rows().get(1)).containsEntry("order", "Diptera").containsEntry("family", 0L);
  }

  @Test
  void cutsEachSplitIntoShardsOfLikeSizeThatTogetherHoldEveryRecordOnce() throws IOException {
    Publication.Result result =
        new Fixture(folder).many(50).experiment("small_insect_order").shardBytes(5000).publish();
    assertThat(result.shards()).hasSizeGreaterThan(4);
    long inTraining =
        result.shards().stream().filter(shard -> shard.split().equals("train")).count();
    int rows = 0;
    for (Shard shard : result.shards()) {
      PictureTable table = PictureTable.read(folder.resolve("out").resolve(shard.file()));
      assertThat(table.rows()).hasSize((int) shard.records());
      assertThat(table.rows())
          .allSatisfy(row -> assertThat(row).containsEntry("small_insect_order", shard.split()));
      assertThat(shard.sha256())
          .isEqualTo(Checksum.of(folder.resolve("out").resolve(shard.file())));
      rows += table.rows().size();
    }
    assertThat(rows).isEqualTo(50);
    assertThat(result.shards().get(0).file())
        .isEqualTo(String.format("data/train-00000-of-%05d.parquet", inTraining));
  }

  @Test
  void theDataCardTellsTheLibraryWhereTheSplitsAre() throws IOException {
    Fixture fixture = new Fixture(folder).many(10).experiment("small_insect_order");
    fixture.publish();
    assertThat(fixture.text("README.md"))
        .startsWith("---\nlicense: cc-by-3.0\n")
        .contains("  - split: train\n    path: \"data/train-*.parquet\"\n")
        .contains(
            "  - name: \"order\"\n    dtype:\n      class_label:\n        names:\n          '0': \"Diptera\"\n")
        .containsPattern("  - name: validation\n    num_bytes: [0-9]+\n    num_examples: 2\n")
        .contains("size_categories:\n- n<1K\n")
        .contains("| 0 | Diptera | 4 | 1 | 1 |");
  }

  @Test
  void refusesATableWithAColumnThatPicturesNeed() throws IOException {
    Fixture fixture = new Fixture(folder).pictures("a.jpg");
    Files.writeString(fixture.table, "image_file\timage\na.jpg\tx\n");
    assertThatThrownBy(fixture::publish).hasMessageContaining("two columns 'image'");
  }

  @Test
  void countsAPictureThatCannotBeReadAndLeavesItOut() throws IOException {
    Fixture fixture =
        new Fixture(folder).rows("S1|D|F|a.jpg|1|train|L|H", "S2|D|F|b.jpg|1|train|L|H");
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Files.write(photos.resolve("a.jpg"), new byte[] {1, 2, 3});
    Files.write(photos.resolve("b.jpg"), Fixture.jpeg(1));
    Publication.Result result = fixture.publish(photos, fixture.out, Watch.NOBODY);
    assertThat(result.refused())
        .singleElement()
        .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo("not-an-image"));
    assertThat(result.splits()).containsExactly(new SplitCount("train", 1));
    assertThat(read("train-00000-of-00001.parquet").rows()).hasSize(1);
    assertThat(fixture.text("README.md"))
        .contains("num_examples: 1\n")
        .contains("1 pictures could not be read");
  }
}
