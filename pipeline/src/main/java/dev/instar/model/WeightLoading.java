package dev.instar.model;

import dev.instar.torch.WeightsFile;
import java.util.List;

/**
 * What became of the weights of a file in a network.
 *
 * @param loaded entries that were taken as they are
 * @param replacedHead entries of a head with another number of classes, which keep their fresh
 *     values
 * @param interpolated position embeddings that were resized
 * @param missing entries of the network that the file lacks
 * @param unexpected entries of the file that the network lacks
 * @param mismatched entries with another shape, as sentences
 */
public record WeightLoading(
    List<String> loaded,
    List<String> replacedHead,
    List<String> interpolated,
    List<String> missing,
    List<String> unexpected,
    List<String> mismatched) {
  /** Copies the weights of {@code file} into {@code network}, as far as they fit. */
  public static WeightLoading into(Network network, WeightsFile file) {
    throw new UnsupportedOperationException();
  }

  /** Whether every entry of the network but a replaced head has its value from the file. */
  public boolean complete() {
    return missing.isEmpty() && mismatched.isEmpty();
  }
}
