package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.instar.evaluate.Calibration;
import dev.instar.evaluate.Evaluation;
import dev.instar.evaluate.Interval;
import dev.instar.evaluate.MadeUp;
import dev.instar.image.InputException;
import dev.instar.loader.ClassName;
import dev.instar.sweep.Measure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the bytes are: an evaluation, or an exception that names the file. */
final class EvaluationFileTest {
  private static final Path FILE = Path.of("evaluation-test.json");

  private static EvaluationReport report(long seed) {
    Evaluation evaluation = Evaluation.of(MadeUp.random(5, 60, seed));
    return new EvaluationReport(
        "run",
        "test",
        "order",
        IntStream.range(0, 5).mapToObj(c -> new ClassName("c" + c, Map.of())).toList(),
        evaluation,
        List.of(1, 3, 10),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Map.of("could not be decoded", 2L),
        Map.of());
  }

  private static String json(long seed) throws IOException {
    return EvaluationJson.of(report(seed));
  }

  private static EvaluationFile parsed(String json) throws InputException {
    return EvaluationFile.parse(FILE, json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void saysWhatTheEvaluationSaid() throws IOException {
    Evaluation evaluation = report(1).evaluation();
    EvaluationFile read = parsed(json(1));
    assertThat(read.split()).isEqualTo("test");
    assertThat(read.confusion().task()).isEqualTo("order");
    assertThat(read.confusion().names()).containsExactly("c0", "c1", "c2", "c3", "c4");
    assertThat(read.confusion().matrix().cells()).isEqualTo(evaluation.confusion().cells());
    assertThat(read.calibration()).isEqualTo(evaluation.calibration(Calibration.BINS));
    assertThat(read.scores().records()).isEqualTo(60);
    assertThat(read.scores().classes()).isEqualTo(evaluation.presentClasses());
    assertThat(read.scores().values())
        .containsEntry(Measure.TOP1, evaluation.top(1))
        .containsEntry(Measure.MACRO_TOP3, evaluation.macroTop(3))
        .containsEntry(Measure.MACRO_F1, evaluation.macroF1())
        .containsEntry(Measure.LOSS, evaluation.loss())
        .doesNotContainKey(Measure.TOP5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"format\" : 1 | \"format\" : 2 | format 2",
        "\"format\" : 1 | \"format\" : 0 | says no format",
        "\"records\" : 60 | \"records\" : 61 | of other records",
        "\"number\" : 3 | \"number\" : 4 | not numbered from 0",
        "\"task\" : \"order\" | \"task\" : null | is damaged",
        "\"loss\" :| \"was_loss\" :| loss",
        "\"loss\" :| \"loss\" : 1e999, \"x\" :| no loss",
        "\"macro\" :| \"macro\" : 7, \"x\" :| between 0 and 1"
      })
  void refusesWhatDoesNotFitTogether(String sound, String damaged, String why) throws IOException {
    String json = json(1);
    assertThat(json).contains(sound);
    assertThatThrownBy(() -> parsed(json.replaceFirst(sound, damaged)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("evaluation-test.json")
        .hasMessageContaining(why);
  }

  @Test
  void refusesTheEvaluationOfAnotherSplit(@TempDir Path run) throws IOException {
    assertThat(EvaluationFile.read(run, "validation")).isEmpty();
    Files.writeString(EvaluationFile.in(run, "validation"), json(1));
    assertThatThrownBy(() -> EvaluationFile.read(run, "validation"))
        .hasMessageContaining("evaluation-validation.json", "of the split 'test'");
  }

  @FuzzTest
  void answersOrSaysWhyNot(byte[] bytes) {
    parses(bytes);
  }

  @Test
  void answersOrSaysWhyNotForDamagedFiles() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    byte[] sound = json(1).getBytes(StandardCharsets.UTF_8);
    int refused = 0;
    for (int round = 0; round < 600; round++) {
      byte[] bytes = sound.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] =
            (byte) "0123456789-,[]{}\"e".charAt(random.nextInt(18));
      }
      refused += parses(bytes) ? 0 : 1;
    }
    assertThat(refused).isBetween(100, 599);
  }

  private static boolean parses(byte[] bytes) {
    try {
      EvaluationFile read = EvaluationFile.parse(FILE, bytes);
      assertThat(read.confusion().matrix().size()).isEqualTo(read.scores().records());
      return true;
    } catch (InputException e) {
      assertThat(e).hasMessageContaining(FILE.toString());
      return false;
    }
  }

  /** Three networks on the same records are no three times as many records. */
  @Test
  void poolsNetworksWithoutMakingRecordsMore() throws IOException {
    List<EvaluationFile> all = List.of(parsed(json(1)), parsed(json(1)), parsed(json(1)));
    PooledEvaluation pooled = PooledEvaluation.of(all).orElseThrow();
    NamedConfusion one = all.get(0).confusion();
    NamedConfusion three = pooled.confusion();
    assertThat(three.networks()).isEqualTo(3);
    for (int c = 0; c < 5; c++) {
      assertThat(three.matrix().support(c)).isEqualTo(3 * one.matrix().support(c));
      assertThat(three.records(c)).isEqualTo(one.records(c));
      assertThat(three.interval(c))
          .isEqualTo(Interval.wilson(one.matrix().hits(c), one.matrix().support(c)));
    }
    assertThat(pooled.calibrationError())
        .isCloseTo(all.get(0).calibration().expectedError(), within(1e-12));
    assertThat(pooled.calibration().bins().stream().mapToInt(Calibration.Bin::count).sum())
        .isEqualTo(180);
    assertThat(pooled.calibration().expectedError())
        .isCloseTo(pooled.calibrationError(), within(1e-12));
    assertThat(PooledEvaluation.of(List.of())).isEmpty();
  }
}
