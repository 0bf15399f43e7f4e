package dev.instar.cli;

import dev.instar.fetch.Catalogue;
import dev.instar.fetch.PretrainedWeights;
import dev.instar.fetch.PublishedFile;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar fetch weights}: pretrained weights. */
@Command(
    name = "weights",
    description =
        "Fetch pretrained weights by model name, as safetensors. --list says what each is and how its pictures are normalised.",
    footer = {
      "%nExamples:",
      "  instar fetch weights resnet50 vit_base_patch16_224 -o weights",
      "  instar fetch weights --list"
    })
final class FetchWeightsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MODEL", arity = "0..*", description = "The model's usual name.")
  private List<String> models = List.of();

  @Mixin private FetchOptions options;

  @Override
  public Integer call() throws IOException {
    FetchReport report =
        new FetchReport(spec.commandLine().getOut(), spec.commandLine().getErr(), options.json());
    Catalogue catalogue = Catalogue.published();
    try {
      List<PretrainedWeights> chosen = models.stream().map(catalogue::findWeights).toList();
      if (options.list()) {
        report.weights(models.isEmpty() ? catalogue.weights() : chosen);
        return ExitStatus.DONE;
      }
      if (models.isEmpty()) {
        throw new ParameterException(spec.commandLine(), "which? Give models, or --list");
      }
      List<PublishedFile> files = chosen.stream().map(PretrainedWeights::file).toList();
      return report.outcomes(options.fetch(files));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }
}
