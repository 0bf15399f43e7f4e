package dev.instar.evaluate;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Normalisation;
import dev.instar.loader.Augmentation;
import dev.instar.loader.ClassName;
import dev.instar.model.Models;
import dev.instar.model.Network;
import dev.instar.model.NetworkOptions;
import dev.instar.model.WeightLoading;
import dev.instar.taxonomy.AtomicText;
import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a run has trained, as its {@code model.json} says it: enough to classify new pictures.
 *
 * @param architecture of {@link dev.instar.model.Models}
 * @param task what the classes are: the column of the metadata
 * @param transform of pictures, with nothing left to chance
 * @param experiment the split column that it was trained with, for evaluation
 * @param pack that it was trained with, for evaluation
 * @param metadata that it was trained with, for evaluation
 */
public record TrainedModel(
    String architecture,
    String task,
    List<ClassName> classes,
    Augmentation transform,
    Normalisation normalisation,
    String experiment,
    Path pack,
    Path metadata) {
  /** The name of the file in a run's folder. */
  public static final String FILE = "model.json";

  /** The weights that did best on the validation set, in a run's folder. */
  public static final String BEST = "best.safetensors";

  public TrainedModel {
    classes = List.copyOf(classes);
    if (classes.size() < 2) {
      throw new IllegalArgumentException("a model of " + classes.size() + " classes");
    }
  }

  /**
   * Reads {@code run/model.json}.
   *
   * @throws InputException if {@code run} is not the folder of a run, or the file is damaged or of
   *     a newer version
   */
  public static TrainedModel read(Path run) throws IOException {
    if (!Files.isDirectory(run)) {
      throw new InputException(
          Fault.UNREADABLE,
          run
              + (Files.exists(run) ? " is no folder" : " does not exist")
              + "; name a run's folder");
    }
    Path file = run.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          Fault.UNREADABLE,
          run + " is not the folder of a run: it has no " + FILE + ", which instar train writes");
    }
    return ModelFile.parse(file, Files.readString(file));
  }

  /** Writes {@code run/model.json} atomically. */
  public void write(Path run) throws IOException {
    AtomicText.write(run.resolve(FILE), ModelFile.text(this));
  }

  /** The network with the best weights of {@code run}, in evaluation mode, on the CPU. */
  public Network network(Path run) throws IOException {
    Path weights = run.resolve(BEST);
    if (!Files.isRegularFile(weights)) {
      throw new InputException(
          Fault.UNREADABLE,
          run
              + " has no "
              + BEST
              + ": it has finished no epoch yet; wait, train it further, or name other weights");
    }
    return networkOf(weights);
  }

  /**
   * The network with the weights of any file, in evaluation mode, on the CPU.
   *
   * @throws InputException if they are not those of this network and its classes
   */
  public Network networkOf(Path weights) throws IOException {
    Network network =
        Models.create(architecture, new NetworkOptions(classes.size(), 0, 0, transform.crop()), 0);
    boolean success = false;
    try (WeightsFile file = WeightsFile.open(weights)) {
      WeightLoading loading = WeightLoading.into(network, file);
      if (!loading.complete() || !loading.replacedHead().isEmpty()) {
        throw new InputException(Fault.UNSUPPORTED, misfit(weights, loading));
      }
      network.training(false);
      success = true;
      return network;
    } finally {
      if (!success) {
        network.close();
      }
    }
  }

  private String misfit(Path weights, WeightLoading loading) {
    return weights
        + " holds no weights of "
        + architecture
        + " with "
        + classes.size()
        + " classes: "
        + String.join("; ", loading.remarks());
  }
}
