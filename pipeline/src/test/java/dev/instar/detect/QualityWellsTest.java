package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.crop.BoxRecord;
import dev.instar.crop.BoxRecords;
import dev.instar.crop.Detection;
import dev.instar.crop.Photograph;
import dev.instar.crop.PhotographReader;
import dev.instar.crop.Quality;
import dev.instar.crop.QualityScores;
import dev.instar.evaluate.ConfusionMatrix;
import dev.instar.evaluate.ConfusionMatrix.Over;
import dev.instar.memory.NativeBuffer;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import dev.instar.testing.SharedData;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The filter on photographs of wells that an earlier cropping failed on. What cross-validation says
 * of it is in docs/detection.md; here the embedded weights have seen the photographs.
 */
@Tag("slow")
final class QualityWellsTest {
  /** Says what was found in a photograph. */
  private interface Eye {
    List<Detection> look(Photograph photograph, BoxRecord truth) throws IOException;
  }

  @Test
  void qualitiesAreToldWithTheContrastDetectorsBoxes() throws IOException {
    try (ContrastDetector detector = new ContrastDetector()) {
      ConfusionMatrix matrix =
          verdicts((photograph, truth) -> detector.detect(photograph).detections());
      assertThat(matrix.macroF1(Over.ALL)).isGreaterThan(0.68);
      assertThat(matrix.recall(Quality.EMPTY.ordinal())).isGreaterThan(0.9);
      assertThat(matrix.recall(Quality.BLURRY.ordinal())).isGreaterThan(0.6);
      assertThat(matrix.recall(Quality.VALID.ordinal())).isGreaterThan(0.85);
    }
  }

  @Test
  void qualitiesAreToldWithBoxesOfAnotherKindToo() throws IOException {
    ConfusionMatrix matrix = verdicts((photograph, truth) -> truth.detections());
    assertThat(matrix.macroF1(Over.ALL)).isGreaterThan(0.75);
    assertThat(matrix.recall(Quality.BLURRY.ordinal())).isGreaterThan(0.7);
    assertThat(matrix.recall(Quality.FRAGMENTED.ordinal())).isGreaterThan(0.3);
  }

  private static ConfusionMatrix verdicts(Eye eye) throws IOException {
    Path wells = SharedData.path("data/wells");
    Map<String, BoxRecord> labels =
        BoxRecords.read(wells.resolve("labels.csv")).stream()
            .filter(record -> record.verdict().isPresent())
            .collect(Collectors.toMap(BoxRecord::name, Function.identity()));
    try (ImageSource source = Sources.open(List.of(wells.toString()), Limits.DEFAULT);
        NativeBuffer scratch = NativeBuffer.allocate(0);
        PhotographReader reader = new PhotographReader();
        QualityFilter filter = new QualityFilter()) {
      int[] judged =
          IntStream.range(0, source.size())
              .filter(i -> labels.containsKey(source.name(i)))
              .toArray();
      int[] truths = new int[judged.length];
      int[] verdicts = new int[judged.length];
      for (int i = 0; i < judged.length; i++) {
        BoxRecord truth = labels.get(source.name(judged[i]));
        Photograph photograph = Photograph.of(source.read(judged[i], scratch), Long.MAX_VALUE);
        QualityScores scores =
            filter.judge(
                reader.reduced(photograph, QualityFilter.SHORTER_SIDE),
                photograph.size(),
                eye.look(photograph, truth));
        truths[i] = truth.verdict().orElseThrow().ordinal();
        verdicts[i] = scores.verdict().ordinal();
      }
      return ConfusionMatrix.of(Quality.values().length, truths, verdicts);
    }
  }
}
