package dev.instar.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

final class Hdf5SourceTest {
  /** What {@code awkward_images.hdf5} holds that is no picture, whatever a decoder says. */
  private static final Map<String, Fault> NO_PICTURES =
      Map.of(
          "zero_length.jpg", Fault.NOT_AN_IMAGE,
          "null_space.jpg", Fault.NOT_AN_IMAGE,
          "float_scalar.jpg", Fault.NOT_AN_IMAGE,
          "pixels_4_channels", Fault.UNSUPPORTED,
          "declared_huge.jpg", Fault.TOO_MANY_BYTES,
          "a_group.jpg", Fault.UNREADABLE,
          "dangling.jpg", Fault.UNREADABLE,
          "outside.jpg", Fault.UNREADABLE,
          "loop", Fault.UNREADABLE);

  @TestFactory
  Stream<DynamicTest> readsTheGoldenFilesAsExpected() throws Exception {
    Path folder = SharedData.path("golden/hdf5");
    JsonNode expected = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
    return expected.properties().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> check(folder.resolve(entry.getKey()), entry.getValue())));
  }

  private static void check(Path path, JsonNode expected) throws Exception {
    if (expected.get("verdict").asText().equals("refuse")) {
      assertThatThrownBy(() -> Hdf5Source.open(path))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(path + ": ");
      return;
    }
    try (Hdf5Source source = Hdf5Source.open(path);
        NativeBuffer scratch = NativeBuffer.allocate(0)) {
      List<String> names = names(source);
      for (JsonNode image : expected.get("images")) {
        String name = image.get("name").asText();
        if (name.equals("../evil.jpg")) {
          // Stored in a group named "..": the record is that group.
          name = "..";
        }
        assertThat(names).contains(name);
        int index = names.indexOf(name);
        assertThat(source.part(index)).isZero();
        Fault fault = name.equals("..") ? Fault.UNREADABLE : NO_PICTURES.get(name);
        if (fault != null) {
          InputException failure =
              catchThrowableOfType(InputException.class, () -> source.read(index, scratch));
          assertThat(failure).as(name).isNotNull();
          assertThat(failure.fault()).as(name).isEqualTo(fault);
        } else if (image.has("pixel_sha256")) {
          Content.Pixels pixels = (Content.Pixels) source.read(index, scratch);
          assertThat(pixels.size()).isEqualTo(new Size(170, 128));
          assertThat(sha256(pixels)).isEqualTo(image.get("pixel_sha256").asText());
        } else if (image.has("sha256")) {
          Content content = source.read(index, scratch);
          assertThat(content).isInstanceOf(Content.Encoded.class);
          assertThat(content.bytes().size()).isEqualTo(image.get("stored_bytes").asInt());
          assertThat(sha256(content)).isEqualTo(image.get("sha256").asText());
        }
      }
      // Every link counts, and nothing else does.
      assertThat(names).hasSize(expected.get("images").size());
    }
  }

  @Test
  void namesTheGroupsOfAFileWithoutPicturesAtTheUsualPlaces() {
    Path path = SharedData.path("golden/hdf5/other_group.hdf5");
    assertThatThrownBy(() -> Hdf5Source.open(path))
        .hasMessage(
            path + ": no picture at the root and no group bioscan_dataset, only something_else");
  }

  @Test
  void anEmptyCollectionHasNoRecords() throws Exception {
    try (Hdf5Source source = Hdf5Source.open(SharedData.path("golden/hdf5/no_images.hdf5"))) {
      assertThat(source.size()).isZero();
    }
  }

  @Test
  void givesEightThreadsTheSameBytes() throws Exception {
    Path path = SharedData.path("golden/hdf5/other_valid_storage.hdf5");
    try (Hdf5Source source = Hdf5Source.open(path)) {
      List<String> expected = digests(source);
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Future<Boolean>> results = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          results.add(
              threads.submit(
                  () -> {
                    for (int round = 0; round < 50; round++) {
                      if (!digests(source).equals(expected)) {
                        return false;
                      }
                    }
                    return true;
                  }));
        }
        for (Future<Boolean> result : results) {
          assertThat(result.get()).isTrue();
        }
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private static List<String> digests(Hdf5Source source) throws Exception {
    List<String> digests = new ArrayList<>();
    try (NativeBuffer scratch = NativeBuffer.allocate(0)) {
      for (int i = 0; i < source.size(); i++) {
        digests.add(sha256(source.read(i, scratch)));
      }
    }
    return digests;
  }

  private static List<String> names(Hdf5Source source) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < source.size(); i++) {
      names.add(source.name(i));
    }
    return names;
  }

  static String sha256(Content content) throws Exception {
    byte[] bytes = content.bytes().toArray();
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
