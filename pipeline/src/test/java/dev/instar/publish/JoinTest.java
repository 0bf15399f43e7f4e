package dev.instar.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.parquet.PictureTable;
import dev.instar.taxonomy.MetadataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JoinTest {
  @TempDir private Path folder;

  @Test
  void countsWhatHasNoPartnerOrMoreThanOne() throws IOException {
    Fixture fixture =
        new Fixture(folder)
            .pictures("a.jpg", "b.jpg", "c.jpg", "d.jpg")
            .rows(
                "S1|D|F|a.jpg|1|train|L|H",
                "S2|D|F|gone.jpg|1|train|L|H",
                "S3|D|F|a.jpg|1|train|L|H",
                "S4|D|F||1|train|L|H",
                "S5|D|F|d.jpg|1|train|L|H");
    JoinCounts join = fixture.publish().join();
    assertThat(join.records()).isEqualTo(4);
    assertThat(join.rows()).isEqualTo(5);
    assertThat(join.joined()).isEqualTo(2);
    assertThat(join.recordsWithoutRow()).isEqualTo(2);
    assertThat(join.rowsWithoutRecord()).isEqualTo(2);
    assertThat(join.repeatedRows()).isEqualTo(1);
    assertThat(join.examples())
        .containsExactly(
            "no record for the row of gone.jpg",
            "more than one row for a.jpg",
            "a row names no image file",
            "no row for the record b.jpg",
            "no row for the record c.jpg");
    assertThatThrownBy(fixture.strict()::publish)
        .isInstanceOf(MetadataException.class)
        .hasMessageContaining("2 records have no row, 2 rows have no record")
        .hasMessageContaining("gone.jpg");
  }

  @Test
  void strictnessIsContentWhereAllBelongTogether() throws IOException {
    assertThat(new Fixture(folder).many(4).strict().publish().finished()).isTrue();
  }

  @Test
  void tellsPicturesOfOneNameApartByTheirPart() throws IOException {
    Path photos = folder.resolve("photos");
    for (int part = 1; part <= 2; part++) {
      Path in = Files.createDirectories(photos.resolve("part" + part));
      Files.write(in.resolve("a.jpg"), Fixture.jpeg(part));
    }
    Files.write(photos.resolve("part2/b.jpg"), Fixture.jpeg(3));
    Fixture fixture =
        new Fixture(folder)
            .rows(
                "S1|D|F|a.jpg|2|train|L|H",
                "S2|D|F|b.jpg||train|L|H",
                "S3|D|F|a.jpg|1|train|L|H",
                "S4|D|F|a.jpg|3|train|L|H");
    JoinCounts join = fixture.publish(photos, fixture.out, Watch.NOBODY).join();
    assertThat(join.joined()).isEqualTo(3);
    assertThat(join.rowsWithoutRecord() + join.repeatedRows()).isEqualTo(1);
    assertThat(PictureTable.read(fixture.out.resolve("data/train-00000-of-00001.parquet")).rows())
        .extracting(row -> (byte[]) ((Map<?, ?>) row.get("image")).get("bytes"))
        .containsExactly(Fixture.jpeg(2), Fixture.jpeg(3), Fixture.jpeg(1));
  }

  @Test
  void findsAPictureInAFolderByItsFileName() throws IOException {
    Fixture fixture = new Fixture(folder).pictures("2023/a.jpg").rows("S1|D|F|a.jpg|1|train|L|H");
    assertThat(fixture.publish().join().joined()).isEqualTo(1);
  }

  @Test
  void saysWhereThereIsNothingToPublish() throws IOException {
    Fixture fixture = new Fixture(folder).pictures("a.jpg").rows("S1|D|F|b.jpg|1|no_split|L|H");
    assertThatThrownBy(fixture::publish).hasMessageContaining("nothing to publish: no image file");
    Fixture left = fixture.rows("S1|D|F|a.jpg|1|no_split|L|H").experiment("small_insect_order");
    assertThatThrownBy(left::publish)
        .hasMessageContaining("the experiment leaves every record out");
    assertThat(fixture.out.resolve("README.md")).doesNotExist();
  }
}
