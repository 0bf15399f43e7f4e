package dev.instar.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NewStyleFilesTest {
  private static final String GROUP = "/bioscan_dataset";

  @TempDir Path folder;

  @BeforeEach
  void makeFiles() throws Exception {
    NewStyleFiles.copy(folder);
  }

  @Test
  void readsLinksAndAttributesInDenseStorage() throws Exception {
    try (Hdf5File file = Hdf5File.open(folder.resolve("dense.h5"))) {
      List<Link> links = file.links(GROUP);
      assertThat(links).hasSize(41);
      assertThat(links.get(0)).isEqualTo(new Link("compact.jpg", Link.Kind.SOFT, -1));
      assertThat(links.stream().skip(1).map(Link::name))
          .containsExactlyElementsOf(
              IntStream.range(0, 40).mapToObj("picture-%02d.jpg"::formatted).toList());
      byte[] picture = file.dataset(GROUP, "picture-17.jpg").readBytes();
      assertThat(new String(picture, StandardCharsets.UTF_8)).isEqualTo("picture 17");
      assertThat(file.attributes(GROUP)).hasSize(12).containsEntry("attribute 07", "value 07");
      assertThat(file.longAttribute("/", "number")).contains(7L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixed", "fixed_gzip", "single", "single_gzip", "big_endian"})
  void readsTheTilesOfEveryIndex(String name) throws Exception {
    try (Hdf5File file = Hdf5File.open(folder.resolve("chunks.h5"))) {
      Hdf5Dataset dataset = file.dataset(GROUP, name);
      assertThat(dataset.readLongs()).isEqualTo(LongStream.range(0, 1000).toArray());
      assertThat(dataset.readLongs(130, 500)).isEqualTo(LongStream.range(130, 630).toArray());
    }
  }

  @Test
  void readsTilesOfSeveralDimensionsThatReachOverTheEdge() throws Exception {
    try (Hdf5File file = Hdf5File.open(folder.resolve("chunks.h5"))) {
      Hdf5Dataset plane = file.dataset(GROUP, "plane");
      assertThat(plane.shape()).containsExactly(5, 7);
      assertThat(plane.readInts()).isEqualTo(IntStream.range(0, 35).toArray());
      assertThat(plane.readInts(11, 13)).isEqualTo(IntStream.range(11, 24).toArray());
    }
  }

  @Test
  void readsAPagedIndexCompactDataAndCommittedTypes() throws Exception {
    try (Hdf5File file = Hdf5File.open(folder.resolve("chunks.h5"))) {
      byte[] many = new byte[3000];
      for (int i = 0; i < many.length; i++) {
        many[i] = (byte) i;
      }
      assertThat(file.dataset(GROUP, "many").readBytes()).isEqualTo(many);
      Hdf5Dataset compact = file.dataset(GROUP, "compact");
      assertThat(compact.storage()).isInstanceOf(Storage.Compact.class);
      assertThat(compact.mapped().orElseThrow().toArray()).containsExactly(0, 1, 2, 3, 4);
      assertThat(file.dataset(GROUP, "committed").readBytes()).containsExactly(0, 1, 2, 3, 4);
    }
  }

  @Test
  void saysWhichStorageItDoesNotRead() throws Exception {
    try (Hdf5File file = Hdf5File.open(folder.resolve("chunks.h5"))) {
      assertThatThrownBy(() -> file.dataset(GROUP, "growing"))
          .isInstanceOf(Hdf5Exception.class)
          .hasMessageContaining("a chunk index of kind 4");
    }
  }

  @Test
  void readsAVirtualDatasetFromTheFilesBesideIt() throws Exception {
    try (Hdf5File file = Hdf5File.open(folder.resolve("virtual.h5"))) {
      Hdf5Dataset joined = file.dataset(GROUP, "joined");
      assertThat(joined.storage())
          .isEqualTo(
              new Storage.Virtual(
                  List.of(
                      new VirtualPart("part0.h5", "bytes", 0, 10),
                      new VirtualPart("part1.h5", "bytes", 2, 6))));
      assertThat(joined.readBytes())
          .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 102, 103, 104, 105, 106, 107);
      assertThat(joined.readBytes(8, 4)).containsExactly(8, 9, 102, 103);
    }
  }

  @Test
  void refusesAVirtualDatasetWhosePartIsGone() throws Exception {
    Files.delete(folder.resolve("part1.h5"));
    try (Hdf5File file = Hdf5File.open(folder.resolve("virtual.h5"))) {
      Hdf5Dataset joined = file.dataset(GROUP, "joined");
      assertThat(joined.readBytes(0, 10)).hasSize(10);
      assertThatThrownBy(joined::readBytes).hasMessageContaining("part1.h5");
    }
  }
}
