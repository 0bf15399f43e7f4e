package dev.instar.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.InputException;
import dev.instar.model.DetrOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DetectorFileTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenLiesBesideTheWeights() throws Exception {
    DetectorFile file = new DetectorFile(DetrOptions.REFERENCE, 96, 160);
    assertThat(DetectorFile.beside(folder.resolve("best.safetensors"))).isEmpty();

    file.write(folder);

    assertThat(DetectorFile.beside(folder.resolve("best.safetensors"))).contains(file);
    assertThat(folder.resolve("detector.json"))
        .content()
        .contains("\"shorterSide\" : 96")
        .contains("\"backbone\" : \"resnet50\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"longestSide\" : 160 | \"longestSide\" : 16 | a shorter side of 96 and a longest of 16",
        "resnet50 | resnet19 | no backbone 'resnet19'",
        "\"shorterSide\" | \"side\" | shorterSide",
        "{ | [ | detector.json does not describe a detector",
      })
  void aDamagedFileIsNamed(String from, String to, String sentence) throws Exception {
    new DetectorFile(DetrOptions.REFERENCE, 96, 160).write(folder);
    Path file = folder.resolve(DetectorFile.NAME);
    Files.writeString(file, Files.readString(file).replace(from, to));

    assertThatThrownBy(() -> DetectorFile.beside(folder.resolve("best.safetensors")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(sentence);
  }
}
