package dev.instar.train.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.InputException;
import dev.instar.model.Detr;
import dev.instar.model.DetrOptions;
import dev.instar.train.Recipe;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DetectionRecipeTest {
  @TempDir Path folder;

  /** The crop tool's scripts/train.py. */
  @Test
  void theUsualRecipeIsThePublishedOne() throws Exception {
    DetectionRecipe recipe = DetectionRecipe.FORM.read("detr", List.of());

    assertThat(recipe.detector().options()).isEqualTo(DetrOptions.REFERENCE);
    assertThat(recipe.optimizer().kind()).isEqualTo(Recipe.Optimization.Kind.ADAMW);
    assertThat(recipe.optimizer().rate()).isEqualTo(1e-4);
    assertThat(recipe.backboneRate()).isEqualTo(1e-5);
    assertThat(recipe.optimizer().weightDecay()).isEqualTo(1e-4);
    assertThat(recipe.clip()).isEqualTo(0.1);
    assertThat(recipe.batch()).isEqualTo(8);
    assertThat(recipe.steps()).isEqualTo(6000);
    assertThat(recipe.epochs()).isEqualTo(10);
  }

  @Test
  void theBackboneLearnsAtItsOwnRate() throws Exception {
    DetectionRecipe recipe =
        DetectionRecipe.FORM.read("detr", List.of("optimizer.rate=4e-4", "backbone_rate=1e-4"));

    assertThat(recipe.regime().rates()).containsOnlyKeys(Detr.BACKBONE).containsValue(0.25);
  }

  @Test
  void aRecipeComesBackFromItsYaml() throws Exception {
    DetectionRecipe recipe =
        DetectionRecipe.FORM.read("detr-small", List.of("pictures.shorter_sides=[64, 96]"));
    Path file = folder.resolve("recipe.yaml");
    Files.writeString(file, DetectionRecipe.FORM.yaml(recipe));

    assertThat(DetectionRecipe.FORM.read(file.toString(), List.of())).isEqualTo(recipe);
    assertThat(recipe.pictures().shorterSides()).containsExactly(64, 96);
    assertThat(recipe.detector().heads()).as("what it does not say is as in detr").isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "bakbone_rate=1 | did you mean backbone_rate",
        "backbone_rate=0 | backbone_rate is 0; it must be above 0",
        "detector.queries=none | detector.queries cannot be 'none'; it is a whole number",
        "detector.backbone=resnet19 | no backbone 'resnet19'; there are resnet101, resnet152, resnet18",
        "detector.width=100 | a width of 100 for 8 heads",
        "detector.dropout=1 | dropout 1.0",
        "pictures.shorter_sides=[] | pictures need at least one shorter side",
        "pictures.shorter_sides=[96, 200] | pictures.shorter_sides has 200",
        "augmentation.flip=2 | flip is 2.0, it takes 0.0 to 1.0",
        "freeze=[''] | freeze has an empty prefix",
        "steps=-1 | steps is -1; it must be at least 0",
      })
  void aWrongValueIsNamedWithWhatIsRight(String change, String sentence) throws Exception {
    assertThat(DetectionRecipe.FORM.read("detr-small", List.of())).isNotNull();
    assertThatThrownBy(() -> DetectionRecipe.FORM.read("detr-small", List.of(change)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(sentence);
  }

  @Test
  void anUnknownRecipeIsRefusedWithThoseThatThereAre() {
    assertThatThrownBy(() -> DetectionRecipe.FORM.read("paper", List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no recipe 'paper': there are detr and detr-small, or name a file");
  }
}
