package dev.instar.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.instar.image.InputException;
import dev.instar.loader.Augmentation;
import dev.instar.loader.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecipeTest {
  @TempDir Path folder;

  @Test
  void paperIsWhatThePublicationSays() throws Exception {
    Recipe paper = Recipe.FORM.read("paper", List.of());

    assertThat(paper.epochs()).isEqualTo(100);
    assertThat(paper.batch()).isEqualTo(32);
    assertThat(paper.sampling()).isEqualTo(Sampling.SHUFFLED);
    assertThat(paper.augmentation()).isEqualTo(Augmentation.reference());
    assertThat(paper.normalisation()).isEqualTo(Recipe.Input.NONE);
    assertThat(paper.optimizer())
        .isEqualTo(
            new Recipe.Optimization(
                Recipe.Optimization.Kind.SGD, 1e-3, 0.9, true, 0.9, 0.999, 1e-8, 1e-4, true, 1));
    assertThat(paper.schedule().kind()).isEqualTo(Recipe.LearningRate.Kind.STEPS);
    assertThat(paper.schedule().milestones()).containsExactly(20, 25);
    assertThat(paper.schedule().factor()).isEqualTo(0.1);
    assertThat(paper.schedule().warmup()).isZero();
    assertThat(paper.loss().kind()).isEqualTo(Recipe.Loss.Kind.CE);
    assertThat(paper.loss().gamma()).isEqualTo(2);
    assertThat(paper.select()).isEqualTo(Recipe.Measure.TOP1);
    assertThat(paper.precision()).isEqualTo(Recipe.Precision.FLOAT32);
    assertThat(paper.average()).isZero();
    assertThat(paper.patience()).isZero();
  }

  @Test
  void fastDiffersWhereItSaysSo() throws Exception {
    Recipe fast = Recipe.FORM.read("fast", List.of());

    assertThat(fast.name()).isEqualTo("fast");
    assertThat(fast.channelsLast()).isTrue();
    assertThat(fast.precision()).isEqualTo(Recipe.Precision.AUTO);
    assertThat(fast.optimizer().decayNormsAndBiases()).isFalse();
    assertThat(fast.loss().smoothing()).isEqualTo(0.1);
    assertThat(fast.augmentation().crop()).isEqualTo(224);
  }

  @ParameterizedTest
  @ValueSource(strings = {"paper", "fast"})
  void aRecipeReadsBackAsItWasWritten(String name) throws Exception {
    Recipe recipe =
        Recipe.FORM.read(name, List.of("freeze=[conv1, layer1.]", "name='mine: really'"));

    Recipe back = Recipe.FORM.read(file("recipe.yaml", Recipe.FORM.yaml(recipe)), List.of());

    assertThat(back).isEqualTo(recipe);
    assertThat(Recipe.FORM.yaml(back)).isEqualTo(Recipe.FORM.yaml(recipe));
  }

  @Test
  void changesReachNestedKeysListsAndWords() throws Exception {
    Recipe recipe =
        Recipe.FORM.read(
            "paper",
            List.of(
                "optimizer.rate=1e-2",
                "augmentation.crop=128",
                "augmentation.cropping=RANDOM_RESIZED",
                "augmentation.scale=[0.2, 1]",
                "schedule.milestones=[3,5]",
                "schedule.kind=cosine",
                "freeze=[conv1]",
                "channels_last=true",
                "optimizer.rate=0.5"));

    assertThat(recipe.optimizer().rate()).isEqualTo(0.5);
    assertThat(recipe.augmentation().crop()).isEqualTo(128);
    assertThat(recipe.augmentation().cropping()).isEqualTo(Augmentation.Cropping.RANDOM_RESIZED);
    assertThat(recipe.augmentation().scale()).containsExactly(0.2, 1.0);
    assertThat(recipe.schedule().milestones()).containsExactly(3, 5);
    assertThat(recipe.schedule().kind()).isEqualTo(Recipe.LearningRate.Kind.COSINE);
    assertThat(recipe.freeze()).containsExactly("conv1");
    assertThat(recipe.channelsLast()).isTrue();
  }

  @Test
  void aFileDiffersFromItsBaseWhichMayBeAFileBesideIt() throws Exception {
    file("lab.yaml", "base: fast\nbatch: 64\nloss:\n  smoothing: 0\n");
    Recipe recipe =
        Recipe.FORM.read(file("mine.yaml", "base: lab.yaml\nname: mine\nepochs: 3\n"), List.of());

    assertThat(recipe.name()).isEqualTo("mine");
    assertThat(recipe.epochs()).isEqualTo(3);
    assertThat(recipe.batch()).isEqualTo(64);
    assertThat(recipe.loss().smoothing()).isZero();
    assertThat(recipe.optimizer().kind()).isEqualTo(Recipe.Optimization.Kind.ADAMW);
  }

  @Test
  void aFileWithoutABaseDiffersFromPaper() throws Exception {
    assertThat(Recipe.FORM.read(file("a.yaml", "epochs: 7\n"), List.of()).batch()).isEqualTo(32);
    assertThat(Recipe.FORM.read(file("empty.yaml", "# nothing\n"), List.of()))
        .isEqualTo(Recipe.FORM.read("paper", List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "optimizer.rte=1 | no key 'optimizer.rte'; did you mean optimizer.rate",
        "optimiser.rate=1 | did you mean optimizer.rate",
        "rate=1 | did you mean optimizer.rate",
        "lr=1 | there are name, epochs, batch",
        "batch.size=3 | no key 'batch.size'|",
        "optimizer=sgd | optimizer is a group of keys; there are optimizer.kind",
        "epochs=many | epochs cannot be 'many'; it is a whole number",
        "epochs=1.5 | epochs cannot be '1.5'; it is a whole number",
        "epochs=0 | epochs is 0; it must be at least 1",
        "epochs= | epochs",
        "epochs=[1] | epochs has a value of the wrong kind; it is a whole number",
        "epochs=99999999999 | epochs",
        "batch=true | batch",
        "channels_last=maybe | channels_last cannot be 'maybe'; it is true or false",
        "optimizer.kind=adam | optimizer.kind cannot be 'adam'; it is one of sgd, adamw",
        "optimizer.kind=1 | optimizer.kind",
        "optimizer.rate=.nan | optimizer.rate",
        "optimizer.rate=-1 | optimizer.rate is -1; it must be above 0",
        "dropout=1 | dropout is 1; it must be from 0 on and below 1",
        "loss.kind=focal | ",
        "schedule.milestones=[5,5] | schedule.milestones [5, 5] are not epochs",
        "freeze=[''] | freeze has an empty prefix",
        "base=fast | no key 'base'",
        "epochs | write key=value",
        "=3 | write key=value",
        "epochs=[ | not YAML"
      })
  void whatIsWrongWithAChangeIsOneSentence(String change, String sentence) throws Exception {
    if (sentence == null) {
      assertThat(Recipe.FORM.read("paper", List.of(change))).isNotNull();
      return;
    }
    assertThatThrownBy(() -> Recipe.FORM.read("paper", List.of(change)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("--set")
        .hasMessageContaining(sentence)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "epochs: 3\nepochs: 4\n",
        "- a\n- b\n",
        "just text\n",
        "epochs: {a: 1}\n",
        "base: [fast]\n",
        "base: nowhere.yaml\n",
        "base: self.yaml\n",
        "epochs: &a [*a]\n",
        "epochs: !!java.net.URL ['http://localhost']\n",
        "\u0000\u0001",
        "optimizer: null\n",
        "optimizer:\n  rate: null\n",
        "epochs: \"\"\n",
        "{{{{{{{{"
      })
  void damagedFilesAreRefusedByName(String text) throws Exception {
    String file = file("self.yaml", text);

    assertThatThrownBy(() -> Recipe.FORM.read(file, List.of()))
        .isInstanceOf(InputException.class)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  @Test
  void aFileThatIsWrongIsNamed() throws Exception {
    String file = file("mine.yaml", "optimizer:\n  ratte: 1\n");

    assertThatThrownBy(() -> Recipe.FORM.read(file, List.of()))
        .hasMessageContaining("mine.yaml")
        .hasMessageContaining("optimizer.rate");
  }

  @Test
  void anUnknownNameSaysWhichThereAre() {
    assertThatThrownBy(() -> Recipe.FORM.read("papre", List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no recipe 'papre': there are paper and fast");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }
}
