package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.convert.Quarantine;
import dev.instar.convert.RunSettings;
import dev.instar.convert.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShardListsTest {
  private static final String HEAD =
      "file,width,height,x,y,w,h,score,quality,valid,empty,blurry,fragmented,focus\n";

  @TempDir private Path folder;

  @Test
  void everyListBesideTheShardsIsJoinedInTheirOrderAndAgainWithoutAnythingTwice()
      throws IOException {
    Path joined = folder.resolve("all.h5");
    Path first = folder.resolve("a.h5");
    Path second = folder.resolve("b.h5");
    String bad = "{\"name\":\"%s\",\"reason\":\"corrupt\",\"message\":\"m\",\"location\":\"%s\"}\n";
    String empty = "{\"name\":\"%s\",\"quality\":\"empty\",\"location\":\"%s\"}\n";
    Files.writeString(Quarantine.fileFor(first), bad.formatted("1", "x/1"));
    Files.writeString(Quarantine.fileFor(second), bad.formatted("2", "x/2"));
    Files.writeString(Skipped.fileFor(second), empty.formatted("3", "x/3"));
    look(first, "1.jpg,9,9,,,,,,,,,,,\n");
    look(second, "2.jpg,9,9,,,,,,,,,,,\n");

    for (int run = 0; run < 2; run++) {
      ShardLists.join(joined, List.of(first, second));
      assertThat(Quarantine.fileFor(joined))
          .hasContent(bad.formatted("1", "x/1") + bad.formatted("2", "x/2"));
      assertThat(Skipped.fileFor(joined)).hasContent(empty.formatted("3", "x/3"));
      assertThat(FirstLook.boxesFor(joined))
          .hasContent(HEAD + "1.jpg,9,9,,,,,,,,,,,\n2.jpg,9,9,,,,,,,,,,,\n");
      assertThat(RunSettings.fileFor(FirstLook.boxesFor(joined))).hasContent("detr\n");
    }
  }

  @Test
  void whatNoShardHasAnyMoreIsGoneFromTheJoinedListToo() throws IOException {
    Path joined = folder.resolve("all.h5");
    Files.writeString(
        Skipped.fileFor(joined), "{\"name\":\"1\",\"quality\":\"empty\",\"location\":\"1\"}\n");
    ShardLists.join(joined, List.of(folder.resolve("a.h5")));
    assertThat(folder).isEmptyDirectory();
  }

  private static void look(Path shard, String row) throws IOException {
    Path boxes = FirstLook.boxesFor(shard);
    Files.writeString(boxes, HEAD + row);
    Files.writeString(RunSettings.fileFor(boxes), "detr\n");
  }
}
