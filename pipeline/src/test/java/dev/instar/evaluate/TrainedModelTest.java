package dev.instar.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.InputException;
import dev.instar.image.Normalisation;
import dev.instar.loader.Augmentation;
import dev.instar.loader.ClassName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TrainedModelTest {
  @TempDir private Path run;

  private static TrainedModel model() {
    Map<String, String> lineage = new LinkedHashMap<>();
    lineage.put("phylum", "Arthropoda");
    lineage.put("order", "Diptera");
    return new TrainedModel(
        "resnet18",
        "family",
        List.of(
            new ClassName("Cecidomyiidae", lineage),
            new ClassName("Schmetterlingsf\u00e4nger \"x\"", Map.of())),
        Augmentation.evaluation(256, 224),
        Normalisation.IMAGENET,
        "small_diptera_family",
        Path.of("packs/a b.h5"),
        Path.of("split.tsv"));
  }

  @Test
  void isReadAsItWasWritten() throws IOException {
    model().write(run);
    TrainedModel read = TrainedModel.read(run);
    assertThat(read).isEqualTo(model());
    assertThat(read.classes().get(0).lineage().keySet()).containsExactly("phylum", "order");
  }

  @Test
  void aFolderThatIsNoRunIsNamed() {
    assertThatThrownBy(() -> TrainedModel.read(run))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(run + " is not the folder of a run: it has no model.json");
    assertThatThrownBy(() -> TrainedModel.read(run.resolve("none")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void aRunWithoutWeightsHasFinishedNoEpoch() {
    assertThatThrownBy(() -> model().network(run))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no best.safetensors")
        .hasMessageContaining("finished no epoch");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"format\" : 1| \"format\" : 2| is of format 2",
        "\"format\" : 1| \"other\" : 1| says no format",
        "\"architecture\"| \"building\"| is damaged",
        "\"crop\" : 224| \"crop\" : null| is damaged",
        "\"crop\" : 224| \"crop\" : \"wide\"| is damaged",
        "0.485| -| is damaged",
        "0.229| 0| not above 0",
      })
  void aDamagedOrNewerFileIsRefusedByName(String from, String to, String message)
      throws IOException {
    model().write(run);
    Path file = run.resolve(TrainedModel.FILE);
    String text = Files.readString(file);
    assertThat(text).contains(from);
    Files.writeString(file, text.replaceFirst(from, to));
    assertThatThrownBy(() -> TrainedModel.read(run))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  @Test
  void aFileThatIsCutAnywhereIsRefusedByName() throws IOException {
    model().write(run);
    Path file = run.resolve(TrainedModel.FILE);
    String text = Files.readString(file).stripTrailing();
    for (int length = 0; length < text.length(); length += 7) {
      Files.writeString(file, text.substring(0, length));
      assertThatThrownBy(() -> TrainedModel.read(run))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(file.toString());
    }
  }
}
