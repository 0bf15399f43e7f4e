package dev.instar.hdf5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SharedData;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every file that the reference can and cannot read, against the names and bytes that h5py sees.
 */
final class GoldenFilesTest {
  @TestFactory
  Stream<DynamicTest> readsOrRefusesAsTheReferenceDoes() throws Exception {
    Path folder = SharedData.path("golden/hdf5");
    JsonNode expected = new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
    return expected.properties().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> check(folder.resolve(entry.getKey()), entry.getValue())));
  }

  private static void check(Path path, JsonNode expected) throws Exception {
    if (expected.get("verdict").asText().equals("refuse") && !expected.has("images")) {
      if (path.getFileName().toString().startsWith("bad_")) {
        assertThatThrownBy(() -> Hdf5File.open(path))
            .isInstanceOf(Hdf5Exception.class)
            .hasMessageContaining(path.toString());
        return;
      }
    }
    try (Hdf5File file = Hdf5File.open(path)) {
      String group = expected.path("group").asText("/");
      for (JsonNode image : expected.path("images")) {
        String name = image.get("name").asText();
        if (image.has("pixel_sha256")) {
          Hdf5Dataset dataset = file.dataset(group, name);
          assertThat(dataset.shape()).containsExactly(128, 170, 3);
          assertThat(sha256(dataset.readBytes())).isEqualTo(image.get("pixel_sha256").asText());
        } else if (image.has("sha256")) {
          byte[] bytes = file.dataset(group, name).readBytes();
          assertThat(bytes).hasSize(image.get("stored_bytes").asInt());
          assertThat(sha256(bytes)).isEqualTo(image.get("sha256").asText());
        }
      }
    }
  }

  static String sha256(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }
}
