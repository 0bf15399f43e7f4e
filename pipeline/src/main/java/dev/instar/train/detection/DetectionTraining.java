package dev.instar.train.detection;

import dev.instar.image.InputException;
import dev.instar.image.Normalisation;
import dev.instar.model.Detr;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import dev.instar.torch.LibTorch;
import dev.instar.train.Compute;
import dev.instar.train.TrainingLog;
import dev.instar.train.TrainingResult;
import dev.instar.train.TrainingRun;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** A detector's run from its plan to its result. */
public final class DetectionTraining {
  /** One batch is learnt from, one is ready, one is being made. */
  private static final int QUEUE = 3;

  private final DetectionTrainingPlan plan;
  private final TrainingLog log;
  private final BooleanSupplier stop;

  private DetectionTraining(DetectionTrainingPlan plan, TrainingLog log, BooleanSupplier stop) {
    this.plan = plan;
    this.log = log;
    this.stop = stop;
  }

  /**
   * Begins a run, continues one that was interrupted, or tells what a finished one came to.
   *
   * @param stop asked after every step; once true, the run is saved and left
   * @throws InputException if the data or the weights are of no use
   * @throws dev.instar.train.DivergedException if the loss stops being a number; the last
   *     checkpoint stays
   */
  public static TrainingResult<DetectionMeasures> run(
      DetectionTrainingPlan plan, TrainingLog log, BooleanSupplier stop)
      throws IOException, InterruptedException {
    return new DetectionTraining(plan, log, stop).run();
  }

  private TrainingResult<DetectionMeasures> run() throws IOException, InterruptedException {
    LibTorch.load(plan.conduct().torchThreads());
    DetectionRecipe recipe = plan.recipe();
    try (Compute compute =
            Compute.of(plan.conduct().device(), recipe.precision(), recipe.channelsLast());
        ImageSource source = Sources.open(plan.photos(), Limits.DEFAULT)) {
      DetectionData data = DetectionData.read(plan, source, log);
      try (TrainingRun<DetectionMeasures> run =
          TrainingRun.open(plan.conduct(), log, stop, DetectionMeasures.class)) {
        Map<String, String> settings = settings(data);
        Optional<TrainingResult<DetectionMeasures>> finished = run.finished(settings);
        return finished.isPresent() ? finished.get() : run(run, settings, compute, data);
      }
    }
  }

  private TrainingResult<DetectionMeasures> run(
      TrainingRun<DetectionMeasures> run,
      Map<String, String> settings,
      Compute compute,
      DetectionData data)
      throws IOException, InterruptedException {
    DetectionRecipe recipe = plan.recipe();
    String yaml = DetectionRecipe.FORM.yaml(recipe);
    try (Detr detector = Detr.create(recipe.detector().options(), plan.conduct().seed())) {
      if (plan.weights().isPresent()) {
        FirstWeights.into(detector, plan.weights().get()).forEach(log::say);
      }
      run.begin(settings, yaml);
      recipe.file().write(plan.conduct().folder());
      try (DetectionLoader training = loader(data.training(), true, recipe.augmentation());
          DetectionLoader validation =
              loader(data.validation(), false, DetectionAugmentation.NONE);
          SetCriterion criterion = new SetCriterion(detector.options().labels())) {
        DetectionTask task =
            new DetectionTask(
                detector, criterion, training, validation, compute, recipe.selection());
        return run.train(detector, task, recipe.regime(), yaml, compute);
      }
    }
  }

  private DetectionLoader loader(
      DetectionSamples samples, boolean shuffled, DetectionAugmentation augmentation) {
    DetectionRecipe recipe = plan.recipe();
    return DetectionLoader.open(
        samples,
        new DetectionPlan(
            recipe.batch(),
            shuffled,
            plan.conduct().threads(),
            QUEUE,
            plan.conduct().seed(),
            recipe.pictures().shorterSides(),
            recipe.pictures().longestSide(),
            augmentation,
            Normalisation.IMAGENET),
        (location, reason) -> log.say("left out: " + location + ": " + reason.getMessage()));
  }

  /**
   * What must be the same for a run to be continued. Paths are not among it: data may lie elsewhere
   * on the next node.
   */
  private Map<String, String> settings(DetectionData data) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("data", data.fingerprint());
    settings.put("seed", String.valueOf(plan.conduct().seed()));
    plan.weights().ifPresent(file -> settings.put("weights", file.getFileName().toString()));
    DetectionRecipe.FORM
        .flat(plan.recipe())
        .forEach((key, value) -> settings.put("recipe." + key, value));
    return settings;
  }
}
