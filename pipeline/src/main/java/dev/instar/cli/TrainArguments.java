package dev.instar.cli;

import dev.instar.loader.BadRecords;
import dev.instar.train.Recipe;
import dev.instar.train.RunSettings;
import dev.instar.train.TrainingPlan;
import dev.instar.train.TrainingResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The command line that trains what was trained, once more. */
final class TrainArguments {
  private TrainArguments() {}

  /**
   * {@code instar train ...}, an argument each.
   *
   * @param plan of the run
   * @param result of the run: the same numbers want the same kind of device
   * @param recipe name, or file, of the recipe
   * @param changes that were made to it
   * @param name of the new run's folder, in whatever folder is then the current one
   */
  static List<String> of(
      TrainingPlan plan,
      TrainingResult<?> result,
      String recipe,
      List<String> changes,
      String name) {
    List<String> arguments = new ArrayList<>(List.of("instar", "train"));
    arguments.addAll(List.of("--pack", absolute(plan.pack())));
    arguments.addAll(List.of("--metadata", absolute(plan.metadata())));
    arguments.addAll(List.of("--split-column", plan.splitColumn(), "--target", plan.target()));
    arguments.addAll(List.of("--model", model(plan.model())));
    addRecipe(arguments, plan, recipe, changes);
    plan.weights().ifPresent(file -> arguments.addAll(List.of("--weights", absolute(file))));
    arguments.addAll(List.of("--seed", String.valueOf(plan.conduct().seed())));
    if (plan.badRecords() != BadRecords.FAIL) {
      String what = plan.badRecords().name().toLowerCase(Locale.ROOT);
      arguments.addAll(List.of("--on-bad-record", what));
    }
    arguments.addAll(List.of("--device", result.device()));
    int torchThreads = plan.conduct().torchThreads();
    arguments.addAll(List.of("--torch-threads", String.valueOf(torchThreads)));
    arguments.addAll(List.of("-o", name));
    return arguments;
  }

  private static void addRecipe(
      List<String> arguments, TrainingPlan plan, String recipe, List<String> changes) {
    if (Recipe.FORM.isNamed(recipe)) {
      arguments.addAll(List.of("--recipe", recipe));
      changes.forEach(change -> arguments.addAll(List.of("--set", change)));
    } else {
      // A file of the user's may be another one tomorrow; the run keeps what it was.
      Path kept = plan.conduct().folder().resolve(RunSettings.RECIPE);
      arguments.addAll(List.of("--recipe", absolute(kept)));
    }
  }

  private static String model(String model) {
    Path file = Path.of(model);
    return Files.isRegularFile(file) ? absolute(file) : model;
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }
}
