package dev.instar.crop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class BoxFileTest {
  private static final Size SIZE = new Size(640, 480);

  @Test
  void readsColumnsInAnyOrderAndPassesOverOthers() throws IOException {
    BoxFile boxes = boxes("h,quality,FILE , w,y,x\n40,good,a.jpg,30,20.5,10\n");
    assertThat(boxes.size()).isEqualTo(1);
    assertThat(boxes.boxOf("a.jpg", SIZE)).contains(new BoundingBox(10, 20.5f, 40, 60.5f));
  }

  @Test
  void readsQuotedNamesByteOrderMarksTabsAndWindowsLines() throws IOException {
    assertThat(
            boxes("\ufefffile,x,y,w,h\r\n\"a, b\"\"c\"\".jpg\",1,2,3,4\r\n")
                .boxOf("a, b\"c\".jpg", SIZE))
        .contains(new BoundingBox(1, 2, 4, 6));
    assertThat(boxes("file\tx\ty\tw\th\na, \"b.jpg\t1\t2\t3\t4").boxOf("a, \"b.jpg", SIZE))
        .contains(new BoundingBox(1, 2, 4, 6));
  }

  @Test
  void addsInDoubleAndThenRoundsToFloat() throws IOException {
    BoundingBox box =
        boxes("file,x,y,w,h\na.jpg,0.1,432.98,0.2,25.35\n").boxOf("a.jpg", SIZE).orElseThrow();
    assertThat(box.x1()).isEqualTo((float) (0.1 + 0.2));
    assertThat(box.y1()).isEqualTo((float) (432.98 + 25.35));
  }

  @Test
  void aRowWithoutNumbersSaysThatThereIsNoBox() throws IOException {
    BoxFile boxes =
        boxes("file,x,y,w,h,width,height\na.jpg,,,,,512,384\npart1/b.jpg,,,,\nb.jpg,1,2,3,4\n");
    assertThat(boxes.size()).isEqualTo(3);
    assertThat(boxes.boxOf("a.jpg", SIZE)).isEmpty();
    assertThat(boxes.boxOf("unknown.jpg", SIZE)).isEmpty();
    assertThat(boxes.boxOf("part1/b.jpg", SIZE)).as("the nearer key wins, box or not").isEmpty();
  }

  @Test
  void findsARecordByItsNameItsLastPartAndItsStemInThisOrder() throws IOException {
    String table = "file,x,y,w,h\npart1/a.jpg,1,0,9,9\na.jpg,2,0,9,9\na,3,0,9,9\n";
    BoxFile boxes = boxes(table);
    assertThat(boxes.boxOf("part1/a.jpg", SIZE).orElseThrow().x0()).isEqualTo(1);
    assertThat(boxes.boxOf("part2/a.jpg", SIZE).orElseThrow().x0()).isEqualTo(2);
    assertThat(boxes.boxOf("part2/a.png", SIZE).orElseThrow().x0()).isEqualTo(3);
    assertThat(boxes.boxOf("part2/a.b.jpg", SIZE)).isEmpty();
    assertThat(boxes.boxOf(".jpg", SIZE)).isEmpty();
  }

  @Test
  void findsARecordAmongListedPathsByItsFileName() throws IOException {
    BoxFile boxes =
        boxes("file,x,y,w,h\npart1/a.jpg,1,0,5,5\npart2/b.jpg,2,0,5,5\npart3/b.jpg,3,0,5,5\n");
    assertThat(boxes.boxOf("a.jpg", SIZE).orElseThrow().x0()).isEqualTo(1);
    assertThat(boxes.boxOf("part3/b.jpg", SIZE).orElseThrow().x0()).isEqualTo(3);
    assertThatThrownBy(() -> boxes.boxOf("b.jpg", SIZE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("several");
  }

  @Test
  void scalesABoxThatWasDrawnOnAReducedPicture() throws IOException {
    BoxFile boxes = boxes("file,x,y,w,h,width,height\na.jpg,34.1,25.6,170.5,128,341,256\n");
    BoundingBox box = boxes.boxOf("a.jpg", new Size(2880, 2160)).orElseThrow();
    assertThat(box.x0()).isEqualTo((float) (34.1f * (2880.0 / 341)));
    assertThat(box.y1()).isEqualTo((float) ((float) 153.6 * (2160.0 / 256)));
    assertThat(boxes.boxOf("a.jpg", new Size(341, 256)).orElseThrow().x0()).isEqualTo(34.1f);
  }

  @ParameterizedTest
  @CsvSource({"2160, 2880", "2880, 2000", "341, 300"})
  void refusesABoxOfAPictureOfAnotherShape(int width, int height) throws IOException {
    BoxFile boxes = boxes("file,x,y,w,h,width,height\na.jpg,1,2,3,4,341,256\n");
    assertThatThrownBy(() -> boxes.boxOf("a.jpg", new Size(width, height)))
        .isInstanceOfSatisfying(
            InputException.class, e -> assertThat(e.fault()).isEqualTo(Fault.BOX_MISMATCH))
        .hasMessageContaining("341x256")
        .hasMessageContaining(width + "x" + height);
  }

  @Test
  void readsTheTableOfBioscan5mByStem() throws IOException {
    BoxFile boxes =
        boxes(
            "processid\twidth_original\theight_original\tx0\ty0\tx1\ty1\tscale_factor\tarea_fraction\n"
                + "AACTA1595-20\t1024\t768\t260\t128\t297\t160\t0.125\t0.0015\n");
    assertThat(boxes.boxOf("part1/AACTA1595-20.jpg", new Size(1024, 768)))
        .contains(new BoundingBox(260, 128, 297, 160));
    assertThat(boxes.boxOf("AACTA1595-20.jpg", new Size(2048, 1536)))
        .contains(new BoundingBox(520, 256, 594, 320));
  }

  @Test
  void takesTheBestScoreOfACocoFileOrTheLargestBoxWithoutScores() throws IOException {
    BoxFile boxes =
        boxes(
            """
            {"info": {"nested": [1, {"images": []}]},
             "annotations": [
               {"image_id": 1, "bbox": [0, 0, 50, 50], "score": 0.4, "segmentation": [[1, 2]]},
               {"image_id": 1, "bbox": [5, 6, 7, 8.5], "score": 0.9},
               {"image_id": 1, "bbox": [0, 0, 40, 40], "score": 0.9},
               {"image_id": "two", "bbox": [0, 0, 3, 3]},
               {"image_id": "two", "bbox": [9, 9, 4, 4]},
               {"image_id": "two", "bbox": [1, 1, 4, 4]}],
             "images": [
               {"id": 1, "file_name": "a.jpg", "width": 640, "height": 480},
               {"id": "two", "file_name": "b.jpg"},
               {"id": 3, "file_name": "c.jpg"}]}
            """);
    assertThat(boxes.size()).isEqualTo(3);
    assertThat(boxes.boxOf("a.jpg", SIZE)).contains(new BoundingBox(0, 0, 40, 40));
    assertThat(boxes.boxOf("b.jpg", SIZE)).contains(new BoundingBox(9, 9, 13, 13));
    assertThat(boxes.boxOf("c.jpg", SIZE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "file,x,y,w,h;a.jpg,1,2,3,4;b.jpg,1,2,three,4|boxes:3:|w is 'three'",
        "file,x,y,w,h;a.jpg,1,2,NaN,4|boxes:2:|w is 'NaN'",
        "file,x,y,w,h;a.jpg,1,2,Infinity,4|boxes:2:|w is 'Infinity'",
        "file,x,y,w,h;a.jpg,0x1p3,2,3,4|boxes:2:|x is '0x1p3'",
        "file,x,y,w,h;a.jpg,1,2,-3,4|boxes:2:|a.jpg has a negative size",
        "file,x,y,w,h;a.jpg,1e30,2,3,4|boxes:2:|x is 1.0E30",
        "file,x,y,w,h;a.jpg,1,,3,4|boxes:2:|y is ''",
        "file,x,y,w,h;a.jpg,1,2|boxes:2:|w is ''",
        "file,x,y,w,h;,1,2,3,4|boxes:2:|the column file is empty",
        "file,x,y,w,h;a.jpg,1,2,3,4;b.jpg,1,2,3,4;a.jpg,1,2,3,4|boxes:4:|the first is in line 2",
        "file,x,y,w,h,x;a.jpg,1,2,3,4,5|boxes:1:|two columns have the name x",
        "file,x,y,w,h,width,height;a.jpg,1,2,3,4,0,5|boxes:2:|width is 0",
        "file,x,y,w,h,width,height;a.jpg,1,2,3,4,,5|boxes:2:|width is ''",
        "file,x,y,w,h,width,height;a.jpg,1,2,3,4,7.5,5|boxes:2:|width is 7.5",
        "file,x,y,w,h;a.jpg,1,2,3,4;a.jpg,,,,|boxes:3:|the first is in line 2",
        "file,x,y,w,h;a.jpg,,,,;a.jpg,1,2,3,4|boxes:3:|the first is in line 2",
        "file,x,y,w,h,score;a.jpg,1,2,3,4,1.5|boxes:2:|score is 1.5",
        "file,x,y,w,h,score;a.jpg,1,2,3,4,high|boxes:2:|score is 'high'",
        "file,x,y,w,h,width,height;a.jpg,1,2,3,4,9,9;a.jpg,1,2,3,5,9,8|boxes:3:|another size than in line 2",
        "file,x,y,w,h,quality;a.jpg,1,2,3,4,valid;a.jpg,1,2,3,5,blurry|boxes:3:|another quality",
        "file,x,y,w,h,valid,empty,blurry,fragmented,focus;a.jpg,1,2,3,4,2,0,0,0,1|boxes:2:|valid is 2.0",
        "{\"images\": [{\"id\":1,\"file_name\":\"a\"}],;\"annotations\": [{\"image_id\": 1, \"bbox\": [1,2,3,4], \"score\": 95}]}|boxes:2:|score is 95",
        "name,x,y,w,h;a.jpg,1,2,3,4|boxes:1:|columns file,x,y,w,h",
        "processid,x0,y0,x1,y1;a,5,5,4,9|boxes:2:|negative size",
        "file,x,y,w,h;\"a.jpg,1,2,3,4|boxes:2:|the row cannot be read",
        "{\"annotations\": []}|boxes:1:|no list named images",
        "{\"images\": [{\"id\": 1}]}|boxes:1:|an id and a file_name",
        "{\"images\": [;{\"id\": 1, \"file_name\": \"a\", \"width\": 4}]}|boxes:2:|only one of",
        "{\"images\": [],;\"annotations\": [{\"image_id\": 9, \"bbox\": [1,2,3,4]}]}|boxes:2:|the id 9",
        "{\"images\": [],;\"annotations\": [{\"image_id\": 9, \"bbox\": [1,2,3]}]}|boxes:2:|3 numbers",
        "{\"images\": [],;\"annotations\": [{\"image_id\": 9, \"bbox\": [1,2,3,-4]}]}|boxes:2:|negative",
        "{\"images\": [],;\"annotations\": [{\"image_id\": 9, \"bbox\": [1,2,3,\"4\"]}]}|boxes:2:|a number",
        "{\"images\": [],;\"annotations\": [{\"image_id\": 9}]}|boxes:2:|a bbox",
        "{\"images\": [],;\"annotations\": [{\"image_id\":|boxes:2:|broken",
        "{\"images\": [],;\"annotations\": 5}|boxes:2:|must be a list",
        "{\"images\": []} more|boxes:1:|",
        "{\"images\": [{\"id\":1,\"file_name\":\"a\"},;{\"id\":2,\"file_name\":\"a\"}]}|boxes:2:|second time",
        "{\"images\": [{\"id\":1,\"file_name\":\"a\"},;{\"id\":1,\"file_name\":\"b\"}]}|boxes:2:|the id 1",
      })
  void namesFileAndLineOfWhatItCannotUse(String text, String place, String problem) {
    assertThatThrownBy(() -> boxes(text.replace(';', '\n')))
        .isInstanceOf(BoxFileException.class)
        .hasMessageStartingWith(place)
        .hasMessageContaining(problem == null ? "" : problem);
  }

  @Test
  void aPhotographMayHaveSeveralRowsOfWhichTheBestCounts() throws IOException {
    BoxFile boxes =
        boxes(
            "file,x,y,w,h,score,quality\na.jpg,1,2,3,4,0.25,\nb.jpg,1,2,3,4,,\na.jpg,5,6,7,8,0.5,blurry\n"
                + "b.jpg,5,6,7,8,,unlabelled\n");
    assertThat(boxes.size()).isEqualTo(2);
    assertThat(boxes.boxOf("a.jpg", SIZE)).contains(new BoundingBox(5, 6, 12, 14));
    assertThat(boxes.boxOf("b.jpg", SIZE))
        .as("the largest")
        .contains(new BoundingBox(5, 6, 12, 14));
    BoxRecord record = boxes.recordOf("a.jpg").orElseThrow();
    assertThat(record.verdict()).contains(Quality.BLURRY);
    assertThat(record.scored()).isTrue();
    assertThat(record.detections()).extracting(Detection::score).containsExactly(.5f, .25f);
    assertThat(boxes.recordOf("b.jpg").orElseThrow().scored()).isFalse();
    assertThat(boxes.recordOf("b.jpg").orElseThrow().verdict()).isEmpty();
  }

  @Test
  void passesOverColumnsAndFieldsOfOthersThatHappenToHaveTheirNames() throws IOException {
    assertThat(boxes("file,x,y,w,h,valid\na.jpg,1,2,3,4,yes\n").boxOf("a.jpg", SIZE)).isPresent();
    BoxFile coco =
        boxes(
            "{\"images\": [{\"id\": 1, \"file_name\": \"a.jpg\", \"valid\": 7, \"focus\": [1], \"quality\": {\"x\": 1}}]}");
    assertThat(coco.recordOf("a.jpg").orElseThrow().quality()).isEmpty();
    assertThat(coco.recordOf("a.jpg").orElseThrow().verdict()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n \n", "\ufeff", "{", "[1]", "\0\0\0", "file,x,y,w"})
  void refusesTextOfAnotherKind(String text) {
    assertThatThrownBy(() -> boxes(text)).isInstanceOf(BoxFileException.class);
  }

  @Test
  void saysSoWhenTheTextIsNotUtf8(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("latin.csv");
    Files.write(
        path, "file,x,y,w,h\nk\u00e4fer.jpg,1,2,3,4\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> BoxFile.read(path))
        .isInstanceOf(BoxFileException.class)
        .hasMessageContaining("latin.csv")
        .hasMessageContaining("UTF-8");
  }

  @Test
  void holdsAHundredThousandRowsApart() throws IOException {
    StringBuilder table = new StringBuilder("file,x,y,w,h\n");
    for (int i = 0; i < 100_000; i++) {
      table.append("part").append(i / 10_000).append("/BIOUG").append(i).append(".jpg,");
      table.append(i).append(",0,5,5\n");
    }
    BoxFile boxes = boxes(table.toString());
    assertThat(boxes.size()).isEqualTo(100_000);
    for (int i = 0; i < 100_000; i++) {
      assertThat(boxes.boxOf("part" + i / 10_000 + "/BIOUG" + i + ".jpg", SIZE).orElseThrow().x0())
          .isEqualTo(i);
    }
  }

  @Test
  void readsTheHandDrawnBoxesOfTheRealPhotographs() throws IOException {
    BoxFile boxes = BoxFile.read(SharedData.path("data/wells/labels.csv"));
    assertThat(boxes.size()).isEqualTo(585);
    assertThat(boxes.boxOf("AACTA306-20.jpg", new Size(512, 384)))
        .contains(
            new BoundingBox(432.98f, 266.40f, (float) (432.98 + 25.35), (float) (266.40 + 52.20)));
    assertThat(boxes.boxOf("AACTA1760-20.jpg", new Size(512, 384))).isEmpty();
  }

  private static BoxFile boxes(String text) throws IOException {
    return BoxFile.parse("boxes", new StringReader(text));
  }
}
