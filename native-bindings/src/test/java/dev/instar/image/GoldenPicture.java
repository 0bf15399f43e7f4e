package dev.instar.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** What Pillow makes of a picture, from {@code golden/hdf5/expected.json}. */
record GoldenPicture(String name, String verdict, int width, int height, String rgbSha256) {
  static List<GoldenPicture> awkward() throws IOException {
    return of("awkward_images.hdf5");
  }

  static List<GoldenPicture> ordinary() throws IOException {
    return of("group_binary.hdf5");
  }

  Size size() {
    return new Size(width, height);
  }

  private static List<GoldenPicture> of(String file) throws IOException {
    JsonNode expected =
        new ObjectMapper().readTree(SharedData.path("golden/hdf5/expected.json").toFile());
    List<GoldenPicture> pictures = new ArrayList<>();
    for (JsonNode image : expected.get(file).get("images")) {
      // Links and made-up datasets of the HDF5 file have no file of their own.
      String name = image.path("name").asText();
      if (Files.exists(SharedData.path("golden/hdf5/awkward").resolve(name))
          || Files.exists(SharedData.path("golden/hdf5/jpeg").resolve(name))) {
        pictures.add(
            new GoldenPicture(
                name,
                image.path("verdict").asText("load"),
                image.path("width").asInt(),
                image.path("height").asInt(),
                image.path("rgb_sha256").asText()));
      }
    }
    return pictures;
  }
}
