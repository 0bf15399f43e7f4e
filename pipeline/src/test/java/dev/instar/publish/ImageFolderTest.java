package dev.instar.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.pack.FolderSource;
import dev.instar.pack.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImageFolderTest {
  @TempDir private Path folder;

  private Fixture fixture() throws IOException {
    return new Fixture(folder)
        .pictures("a.jpg", "b.jpg", "c.jpg", "d.jpg")
        .rows(
            "S1|../up|F1|a.jpg|1|train|CC BY 3.0|M",
            "say \"x\", y|a/b|F1|b.jpg|1|test|CC BY 3.0|M",
            "S3|a\\b|F1|c.jpg|1|train|CC BY 3.0|M",
            "S4|not_classified|F1|d.jpg|1|train|CC BY 3.0|M")
        .as(Format.IMAGEFOLDER)
        .experiment("small_insect_order");
  }

  @Test
  void ourOwnFolderSourceFindsEachPictureInTheFolderOfItsClass() throws IOException {
    Fixture fixture = fixture();
    fixture.publish();
    List<String> names = new ArrayList<>();
    try (FolderSource source = FolderSource.open(fixture.out, Limits.DEFAULT)) {
      for (int i = 0; i < source.size(); i++) {
        names.add(source.name(i));
      }
    }
    assertThat(names)
        .containsExactlyInAnyOrder(
            "test/a_b-2/b.jpg",
            "train/a_b/c.jpg",
            "train/not_classified/d.jpg",
            "train/___up/a.jpg");
    assertThat(fixture.out.resolve("train/a_b/c.jpg")).hasBinaryContent(Fixture.jpeg(2));
  }

  @Test
  void theTableOfASplitNamesItsPicturesAndQuotesWhatNeedsIt() throws IOException {
    Fixture fixture = fixture();
    fixture.publish();
    assertThat(fixture.text("test/metadata.csv"))
        .isEqualTo(
            "file_name,"
                + Fixture.HEADER.replace('\t', ',')
                + "\n"
                + "a_b-2/b.jpg,\"say \"\"x\"\", y\",a/b,F1,b.jpg,1,test,CC BY 3.0,M\n");
    assertThat(fixture.text("train/metadata.csv").lines()).hasSize(4);
  }

  @Test
  void runAgainKeepsWhatIsRightAndMendsWhatIsNot() throws IOException {
    Fixture fixture = fixture();
    fixture.publish();
    Path right = fixture.out.resolve("train/a_b/c.jpg");
    Path wrong = fixture.out.resolve("train/___up/a.jpg");
    FileTime longAgo = FileTime.fromMillis(1_000_000);
    Files.setLastModifiedTime(right, longAgo);
    Files.write(wrong, new byte[] {1});
    fixture.publish();
    assertThat(Files.getLastModifiedTime(right)).isEqualTo(longAgo);
    assertThat(wrong).hasBinaryContent(Fixture.jpeg(0));
  }

  @Test
  void refusesAFolderWithAnotherPublication() throws IOException {
    Fixture fixture = fixture();
    fixture.publish();
    assertThatThrownBy(() -> fixture.all().classLabels(0).publish())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another folder");
  }
}
