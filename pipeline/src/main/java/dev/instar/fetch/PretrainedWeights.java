package dev.instar.fetch;

import java.util.List;

/**
 * Published weights of a model, as safetensors.
 *
 * @param model the model's usual name
 * @param repository where they come from on Hugging Face
 * @param mean subtracted from each channel (red, green, blue, values 0 to 1) when they were trained
 * @param std what each channel was then divided by
 * @param classes the outputs of their last layer
 * @param description what they are
 * @param file the file to fetch
 */
public record PretrainedWeights(
    String model,
    String repository,
    List<Double> mean,
    List<Double> std,
    int classes,
    String description,
    PublishedFile file) {
  public PretrainedWeights {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != 3 || std.size() != 3) {
      throw new IllegalArgumentException(
          model + ": three channels have three means and deviations");
    }
  }
}
