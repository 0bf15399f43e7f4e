package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.pack.ImageRecord;
import dev.instar.pack.Pack;
import dev.instar.testing.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The reference's crops, pixel for pixel, through the whole conversion. */
final class ConvertGoldenCropTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "1.4, true, 40",
    "1.4, false, 40",
    "1.0, true, 8",
    "1.0, false, 8",
    "2.0, true, 8",
    "2.0, false, 8"
  })
  void cropsEqualThoseOfTheReference(double ratio, boolean equal, int count) throws Exception {
    List<JsonNode> cases = cases(ratio, equal);
    assertThat(cases).hasSize(count);
    Path photos = Files.createDirectory(folder.resolve("photos"));
    StringBuilder boxes = new StringBuilder("file,x,y,w,h\n");
    for (int i = 0; i < count; i++) {
      JsonNode size = cases.get(i).get("image_size");
      Photographs.png(
          photos.resolve("case" + i + ".png"),
          Photographs.picture(
              size.get(0).asInt(), size.get(1).asInt(), ConvertGoldenCropTest::color));
      JsonNode box = cases.get(i).get("rounded_box");
      double x = box.get(0).asDouble();
      double y = box.get(1).asDouble();
      boxes.append(
          "case%d.png,%s,%s,%s,%s%n"
              .formatted(i, x, y, box.get(2).asDouble() - x, box.get(3).asDouble() - y));
    }
    Path csv = Files.writeString(folder.resolve("boxes.csv"), boxes);
    Path target = folder.resolve("out.h5");
    CommandRun run =
        CommandRun.of(
            "convert",
            photos,
            "-o",
            target,
            "--size",
            "keep",
            "--encoding",
            "raw",
            "--crop",
            csv,
            "--crop-ratio",
            ratio,
            equal ? "--equal-extend" : "--no-equal-extend");

    assertThat(run.err()).isEmpty();
    int compared = 0;
    try (Pack pack = Pack.open(target)) {
      for (int i = 0; i < count; i++) {
        JsonNode expected = cases.get(i);
        if (expected.get("output_rgb_sha256").isNull()) {
          assertThat(pack.indexOf("case" + i + ".png")).as("%s", expected).isEmpty();
          continue;
        }
        int index = pack.indexOf("case" + i + ".png").orElseThrow();
        ImageRecord record = pack.record(index);
        JsonNode scaled = expected.get("scaled_box");
        assertThat(
                List.of(
                    record.box().x(),
                    record.box().y(),
                    record.box().right(),
                    record.box().bottom()))
            .isEqualTo(Stream.of(0, 1, 2, 3).map(corner -> scaled.get(corner).asInt()).toList());
        assertThat(Photographs.sha256(pack.bytes(index).toArray()))
            .as("%s", expected)
            .isEqualTo(expected.get("output_rgb_sha256").asText());
        compared++;
      }
      assertThat(compared).isEqualTo(pack.size()).isGreaterThanOrEqualTo(count - 2);
    }
  }

  /** The test picture that the golden file describes. */
  private static int color(int x, int y) {
    int sum = x + y;
    return sum % 235 << 16 | 2 * sum % 235 << 8 | 3 * sum % 235;
  }

  private static List<JsonNode> cases(double ratio, boolean equal) throws Exception {
    Path file = SharedData.path("golden/transforms/crop_expected.json");
    List<JsonNode> chosen = new ArrayList<>();
    for (JsonNode one : new ObjectMapper().readTree(file.toFile()).get("cases")) {
      if (one.get("ratio").asDouble() == ratio && one.get("equal_extend").asBoolean() == equal) {
        chosen.add(one);
      }
    }
    return chosen;
  }
}
