package dev.instar.detect;

import dev.instar.crop.BoundingBox;
import dev.instar.crop.Detection;
import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.image.Size;
import dev.instar.memory.NativeBuffer;
import dev.instar.model.Detr;
import dev.instar.model.DetrInference;
import dev.instar.model.DetrOptions;
import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * DETR (Carion et al. 2020) on photographs: prepared by any number of threads, looked at in batches
 * of equal size by one.
 */
public final class DetrDetector implements AutoCloseable {
  private static final int LARGEST_BATCH = Integer.MAX_VALUE - 8;

  private final Detr detr;
  private final DetrInference inference;
  private final InputSize input;
  private final Choice choice;
  private final int batch;
  private final NativeBuffer stacked = NativeBuffer.allocate(0);

  /**
   * Which boxes are kept. Nothing is taken away because it overlaps: DETR is trained to give every
   * thing one box.
   *
   * @param minScore the least score; 0 always gives the best query, as the reference does
   * @param maxBoxes the most boxes of a photograph, at least 1
   */
  public record Choice(double minScore, int maxBoxes) {
    public static final Choice REFERENCE = new Choice(0, 1);

    public Choice {
      if (!(minScore >= 0 && minScore <= 1) || maxBoxes < 1) {
        throw new IllegalArgumentException(
            "a least score of " + minScore + " and at most " + maxBoxes + " boxes");
      }
    }

    /** The queries that are kept, best first; of equal ones the first. */
    List<Integer> of(float[] scores) {
      return IntStream.range(0, scores.length)
          .filter(query -> scores[query] >= minScore)
          .boxed()
          .sorted(Comparator.comparingDouble((Integer query) -> -scores[query]))
          .limit(maxBoxes)
          .toList();
    }
  }

  /** A photograph as the network takes it; whoever prepared it closes it. */
  public interface Prepared extends AutoCloseable {
    @Override
    void close();
  }

  /** Prepares photographs; not thread-safe, one for each worker. */
  public interface Preparation extends AutoCloseable {
    /** Decodes, resizes and normalises; the result is independent of this object. */
    Prepared prepare(Photograph photograph) throws InputException;

    /** An upper bound of what preparing takes, the result included, in bytes. */
    long memoryFor(Photograph photograph);

    @Override
    void close();
  }

  private DetrDetector(Detr detr, InputSize input, Choice choice, int batch) {
    this.detr = detr;
    this.inference = new DetrInference(detr);
    this.input = input;
    this.choice = choice;
    this.batch = batch;
  }

  /**
   * Loads a detector. Its size follows from the file's tensors; the number of heads and the size of
   * its pictures from {@link DetectorFile} beside it, else they are the published detector's.
   *
   * @param weights safetensors, {@code .pth} or Lightning's {@code .ckpt}
   * @param batch the most pictures that are looked at together
   * @throws IOException if the file cannot be read or is no DETR; the message names it
   */
  public static DetrDetector load(Path weights, Choice choice, int batch) throws IOException {
    if (batch < 1) {
      throw new IllegalArgumentException("a batch of " + batch);
    }
    Optional<DetectorFile> description = DetectorFile.beside(weights);
    int heads = description.map(DetectorFile::options).orElse(DetrOptions.REFERENCE).heads();
    InputSize input = description.map(DetectorFile::input).orElse(InputSize.REFERENCE);
    try (WeightsFile file = WeightsFile.open(weights)) {
      Detr detr = Detr.load(file, heads);
      boolean success = false;
      try {
        requireInsects(weights, detr.options());
        if (description.isPresent()) {
          requireSame(weights, description.get().options(), detr.options());
        }
        success = true;
        return new DetrDetector(detr, input, choice, batch);
      } finally {
        if (!success) {
          detr.close();
        }
      }
    }
  }

  private static void requireInsects(Path weights, DetrOptions options) throws InputException {
    if (options.labels() != 1) {
      throw new InputException(
          Fault.UNSUPPORTED,
          weights
              + " tells "
              + options.labels()
              + " kinds of things, none of which is known to be an insect; train it for one:"
              + " instar crop train --weights "
              + weights.getFileName());
    }
  }

  private static void requireSame(Path weights, DetrOptions stated, DetrOptions found)
      throws InputException {
    if (!stated.sameTensors(found)) {
      throw new InputException(
          Fault.UNSUPPORTED,
          weights.resolveSibling(DetectorFile.NAME)
              + " is not of "
              + weights.getFileName()
              + ", but of another detector: it says "
              + stated
              + ", the weights are of "
              + found);
    }
  }

  /** A worker's part. */
  public Preparation preparation() {
    return new DetrPreparation(input);
  }

  /**
   * Looks at photographs of any sizes, those of equal size together.
   *
   * @param photographs from this detector's {@link #preparation}
   * @return an observation for each, in their order
   */
  public List<Observation> detect(List<Prepared> photographs) {
    Map<Size, List<Integer>> sizes = new LinkedHashMap<>();
    for (int i = 0; i < photographs.size(); i++) {
      PreparedPicture picture = (PreparedPicture) photographs.get(i);
      sizes.computeIfAbsent(picture.size(), size -> new ArrayList<>()).add(i);
    }
    Observation[] observations = new Observation[photographs.size()];
    for (List<Integer> alike : sizes.values()) {
      int most = mostOf(photographs.get(alike.get(0)));
      for (int from = 0; from < alike.size(); from += most) {
        List<Integer> together = alike.subList(from, Math.min(from + most, alike.size()));
        List<PreparedPicture> pictures =
            together.stream().map(i -> (PreparedPicture) photographs.get(i)).toList();
        DetrInference.Answer[] answers = look(pictures);
        for (int i = 0; i < answers.length; i++) {
          observations[together.get(i)] = observation(pictures.get(i), answers[i]);
        }
      }
    }
    return List.of(observations);
  }

  /** How many pictures of a size are looked at together: they are one buffer. */
  private int mostOf(Prepared photograph) {
    int bytes = PreparedPicture.bytesOf(((PreparedPicture) photograph).size());
    return Math.max(1, Math.min(batch, LARGEST_BATCH / bytes));
  }

  private DetrInference.Answer[] look(List<PreparedPicture> pictures) {
    Size size = pictures.get(0).size();
    long address = pictures.get(0).planes().address();
    if (pictures.size() > 1) {
      stacked.ensureCapacity(PreparedPicture.bytesOf(size) * pictures.size());
      ByteBuffer all = stacked.asByteBuffer();
      pictures.forEach(picture -> all.put(picture.values()));
      address = stacked.address();
    }
    return inference.answers(address, pictures.size(), size.height(), size.width());
  }

  private Observation observation(PreparedPicture picture, DetrInference.Answer answer) {
    List<Detection> detections = new ArrayList<>();
    for (int query : choice.of(answer.certain())) {
      float[] boxes = answer.boxes();
      int at = 4 * query;
      BoundingBox box =
          BoundingBox.ofCentre(
              boxes[at], boxes[at + 1], boxes[at + 2], boxes[at + 3], picture.photograph());
      // A softmax of 32 bits may be a little above 1.
      detections.add(new Detection(box, Math.min(1, answer.scores()[query])));
    }
    return new Observation(picture.photograph(), detections, Optional.empty());
  }

  @Override
  public void close() {
    stacked.close();
    detr.close();
  }
}
