package dev.instar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.instar.image.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PredictionFileTest {
  private static final String HEADER = "record,true,place,class,probability,class_2\n";

  @TempDir private Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("predictions-test.csv"), content);
  }

  @Test
  void givesTheSurestMistakesFirst() throws IOException {
    Path file =
        file(
            HEADER
                + "a,X,1,X,0.99,Y\n"
                + "b,X,2,Y,0.7,X\n"
                + "\"c,1\",\"Y \"\"y\"\"\",3,X,0.9,Y\n"
                + "d,X,2,Y,0.8,X\n"
                + "e,X,2,Y,0.8,X\n");
    assertThat(PredictionFile.worst(file, 3))
        .containsExactly(
            new Mistake("c,1", "Y \"y\"", "X", 0.9, 3),
            new Mistake("d", "X", "Y", 0.8, 2),
            new Mistake("e", "X", "Y", 0.8, 2));
    assertThat(PredictionFile.worst(file(HEADER + "a,X,1,X,0.99,Y\n"), 3)).isEqualTo(List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {"a,X,1 | has 3 cells", "a,X,1,Y,2 | no probability", "a,X,b,Y,0.5 | no number"})
  void namesTheLineThatIsDamaged(String row, String why) throws IOException {
    Path file = file(HEADER + "a,X,1,X,0.5,Y\n" + row + "\n");
    assertThatThrownBy(() -> PredictionFile.worst(file, 3))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("predictions-test.csv is damaged, line ")
        .hasMessageContaining(why);
  }

  @FuzzTest
  void answersOrSaysWhyNot(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("predictions", ".csv");
    try {
      Files.write(file, bytes);
      assertThat(PredictionFile.worst(file, 3)).hasSizeLessThan(4);
    } catch (InputException e) {
      assertThat(e).hasMessageContaining(file.toString());
    } finally {
      Files.delete(file);
    }
  }
}
