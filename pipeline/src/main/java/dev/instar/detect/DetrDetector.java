package dev.instar.detect;

import dev.instar.crop.Observation;
import dev.instar.crop.Photograph;
import dev.instar.image.InputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * DETR (Carion et al. 2020) on photographs: prepared by any number of threads, looked at in batches
 * of equal size by one.
 */
public final class DetrDetector implements AutoCloseable {
  /**
   * Which boxes are kept.
   *
   * @param minScore the least score; 0 always gives the best query, as the reference does
   * @param maxBoxes the most boxes of a photograph, at least 1
   */
  public record Choice(double minScore, int maxBoxes) {
    public static final Choice REFERENCE = new Choice(0, 1);
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

    @Override
    void close();
  }

  /**
   * Loads a detector; its size follows from the file's tensors.
   *
   * @param weights safetensors, {@code .pth} or Lightning's {@code .ckpt}
   * @throws IOException if the file cannot be read or is no DETR; the message names it
   */
  public static DetrDetector load(Path weights, Choice choice, int batch) throws IOException {
    throw new UnsupportedOperationException();
  }

  /** A worker's part. */
  public Preparation preparation() {
    throw new UnsupportedOperationException();
  }

  /**
   * Looks at photographs of any sizes, those of equal size together.
   *
   * @return an observation for each, in their order
   */
  public List<Observation> detect(List<Prepared> photographs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
