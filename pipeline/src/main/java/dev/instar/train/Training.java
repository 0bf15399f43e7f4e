package dev.instar.train;

import dev.instar.evaluate.TrainedModel;
import dev.instar.image.BatchFormat;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Normalisation;
import dev.instar.loader.Augmentation;
import dev.instar.loader.BatchLoader;
import dev.instar.loader.LabelledSplit;
import dev.instar.loader.LoaderPlan;
import dev.instar.loader.Samples;
import dev.instar.loader.Sampling;
import dev.instar.loader.Shard;
import dev.instar.model.Architecture;
import dev.instar.model.Models;
import dev.instar.model.Network;
import dev.instar.model.NetworkOptions;
import dev.instar.model.WeightLoading;
import dev.instar.pack.ImageSource;
import dev.instar.pack.Limits;
import dev.instar.pack.Sources;
import dev.instar.torch.LibTorch;
import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/** A run from its plan to its result: everything around the loop is opened here, and closed. */
public final class Training {
  /** One batch is learnt from, one is ready, one is being made. */
  private static final int QUEUE = 3;

  private final TrainingPlan plan;
  private final TrainingLog log;
  private final BooleanSupplier stop;

  private Training(TrainingPlan plan, TrainingLog log, BooleanSupplier stop) {
    this.plan = plan;
    this.log = log;
    this.stop = stop;
  }

  /**
   * Begins a run, continues one that was interrupted, or tells what a finished one came to.
   *
   * @param stop asked after every step; once true, the run is saved and left, and if it throws,
   *     left as it is
   * @throws InputException if the data or the weights are of no use
   * @throws DivergedException if the loss stops being a number; the last checkpoint stays
   */
  public static TrainingResult<Measures> run(
      TrainingPlan plan, TrainingLog log, BooleanSupplier stop)
      throws IOException, InterruptedException {
    return new Training(plan, log, stop).run();
  }

  /**
   * Removes what a run would continue from, which is most of its folder: for one that has finished
   * and is not looked at any more.
   *
   * @throws IOException if another process has the folder
   */
  public static void forgetCheckpoints(Path run) throws IOException {
    try (RunFolder folder = RunFolder.open(run)) {
      folder.clearCheckpoints();
    }
  }

  private TrainingResult<Measures> run() throws IOException, InterruptedException {
    LibTorch.load(plan.conduct().torchThreads());
    Recipe recipe = plan.recipe();
    try (Compute compute =
            Compute.of(plan.conduct().device(), recipe.precision(), recipe.channelsLast());
        ImageSource source =
            Sources.open(List.of(plan.copies().pack().toString()), Limits.DEFAULT)) {
      LabelledSplit split =
          LabelledSplit.read(plan.copies().metadata(), plan.splitColumn(), plan.target(), source);
      requireUsable(split);
      try (TrainingRun<Measures> run =
          TrainingRun.open(plan.conduct(), log, stop, Measures.class)) {
        Map<String, String> settings = settings(split);
        Optional<TrainingResult<Measures>> finished = run.finished(settings);
        return finished.isPresent() ? finished.get() : run(run, settings, compute, split);
      }
    }
  }

  private TrainingResult<Measures> run(
      TrainingRun<Measures> run, Map<String, String> settings, Compute compute, LabelledSplit split)
      throws IOException, InterruptedException {
    Recipe recipe = plan.recipe();
    String yaml = Recipe.FORM.yaml(recipe);
    try (Network network = network(split.classes().size())) {
      run.begin(settings, yaml);
      Normalisation normalisation = normalisation(split.train());
      model(split, normalisation).write(plan.conduct().folder());
      int side = recipe.augmentation().crop();
      try (BatchLoader train =
              BatchLoader.open(
                  split.train(),
                  loaderPlan(
                      recipe.sampling(),
                      recipe.augmentation(),
                      compute.trainingFormat(side, normalisation)));
          BatchLoader validation =
              BatchLoader.open(
                  split.validation(),
                  loaderPlan(
                      Sampling.SEQUENTIAL,
                      recipe.augmentation().forEvaluation(),
                      compute.validationFormat(side, normalisation)));
          Criterion criterion = Criterion.of(recipe.loss(), counts(split.train()))) {
        Classification task =
            new Classification(network, criterion, train, validation, compute, recipe.selection());
        return run.train(network, task, recipe.regime(), yaml, compute);
      }
    }
  }

  private static void requireUsable(LabelledSplit split) throws InputException {
    if (split.classes().size() < 2) {
      throw unusable(split, "a network needs two classes to tell apart");
    }
    if (split.train().size() < 2) {
      throw unusable(split, "there are no pictures to train with");
    }
    if (split.validation().size() == 0) {
      throw unusable(split, "without validation pictures nothing says which weights are best");
    }
  }

  private static InputException unusable(LabelledSplit split, String why) {
    return new InputException(
        Fault.UNSUPPORTED,
        String.format(
            Locale.ROOT,
            "%d classes, %d pictures to train, %d to validate (%d rows without a picture, %d of an"
                + " unknown class): %s",
            split.classes().size(),
            split.train().size(),
            split.validation().size(),
            split.pictureless(),
            split.unknownClass(),
            why));
  }

  /**
   * What must be the same for a run to be continued. Paths are not among it: data may lie elsewhere
   * on the next node.
   */
  private Map<String, String> settings(LabelledSplit split) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("model", Path.of(plan.model()).getFileName().toString());
    settings.put("split", plan.splitColumn());
    settings.put("target", plan.target());
    settings.put("data", fingerprint(split));
    settings.put("seed", String.valueOf(plan.conduct().seed()));
    plan.weights().ifPresent(file -> settings.put("weights", file.getFileName().toString()));
    Recipe.FORM.flat(plan.recipe()).forEach((key, value) -> settings.put("recipe." + key, value));
    return settings;
  }

  private static String fingerprint(LabelledSplit split) {
    CRC32C checksum = new CRC32C();
    split
        .classes()
        .forEach(name -> checksum.update((name.name() + '\n').getBytes(StandardCharsets.UTF_8)));
    ByteBuffer sample = ByteBuffer.allocate(2 * Integer.BYTES);
    for (Samples samples : List.of(split.train(), split.validation())) {
      for (int i = 0; i < samples.size(); i++) {
        sample.clear().putInt(samples.record(i)).putInt(samples.label(i));
        checksum.update(sample.flip());
      }
    }
    return String.format(
        Locale.ROOT,
        "%08x of %d and %d pictures",
        checksum.getValue(),
        split.train().size(),
        split.validation().size());
  }

  private Network network(int classes) throws IOException {
    Recipe recipe = plan.recipe();
    Network network =
        Models.create(
            plan.model(),
            new NetworkOptions(
                classes, recipe.dropout(), recipe.dropPath(), recipe.augmentation().crop()),
            plan.conduct().seed());
    boolean success = false;
    try {
      if (plan.weights().isPresent()) {
        try (WeightsFile file = WeightsFile.open(plan.weights().get())) {
          WeightReport.of(file.path(), WeightLoading.into(network, file)).forEach(log::say);
        }
      }
      success = true;
      return network;
    } finally {
      if (!success) {
        network.close();
      }
    }
  }

  private Normalisation normalisation(Samples train) throws IOException, InterruptedException {
    return switch (plan.recipe().normalisation()) {
      case NONE -> Normalisation.NONE;
      case IMAGENET -> Normalisation.IMAGENET;
      case HALF -> Normalisation.HALF;
      case MODEL -> ofArchitecture();
      case DATASET -> {
        if (Files.exists(plan.conduct().folder().resolve(TrainedModel.FILE))) {
          yield TrainedModel.read(plan.conduct().folder()).normalisation();
        }
        log.say("measuring mean and deviation of the training set");
        yield ChannelStatistics.of(train, plan.recipe().augmentation(), this::loaderPlan);
      }
    };
  }

  private Normalisation ofArchitecture() {
    return Models.all().stream()
        .filter(architecture -> architecture.name().equals(plan.model()))
        .map(Architecture::normalisation)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "nobody knows what "
                        + plan.model()
                        + " was trained with: set normalisation to imagenet, half, none or dataset"));
  }

  private TrainedModel model(LabelledSplit split, Normalisation normalisation) {
    Path file = Path.of(plan.model());
    return new TrainedModel(
        Files.isRegularFile(file) ? file.toAbsolutePath().toString() : plan.model(),
        plan.target(),
        split.classes(),
        plan.recipe().augmentation().forEvaluation(),
        normalisation,
        plan.splitColumn(),
        plan.pack().toAbsolutePath(),
        plan.metadata().toAbsolutePath());
  }

  private LoaderPlan loaderPlan(Sampling sampling, Augmentation augmentation, BatchFormat format) {
    return new LoaderPlan(
        plan.recipe().batch(),
        false,
        plan.conduct().threads(),
        QUEUE,
        plan.conduct().seed(),
        sampling,
        augmentation,
        format,
        plan.badRecords(),
        Shard.WHOLE);
  }

  private static List<Integer> counts(Samples samples) {
    int[] counts = new int[samples.classes()];
    for (int i = 0; i < samples.size(); i++) {
      counts[samples.label(i)]++;
    }
    return IntStream.of(counts).boxed().toList();
  }
}
