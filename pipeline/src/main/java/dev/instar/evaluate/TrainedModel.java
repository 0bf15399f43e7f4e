package dev.instar.evaluate;

import dev.instar.image.Normalisation;
import dev.instar.loader.Augmentation;
import dev.instar.loader.ClassName;
import dev.instar.model.Network;
import java.io.IOException;
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

  /** Reads {@code run/model.json}. */
  public static TrainedModel read(Path run) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** Writes {@code run/model.json} atomically. */
  public void write(Path run) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** The network with the best weights of {@code run}, in evaluation mode, on the CPU. */
  public Network network(Path run) throws IOException {
    throw new UnsupportedOperationException();
  }
}
