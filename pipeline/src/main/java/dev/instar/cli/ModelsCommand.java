package dev.instar.cli;

import dev.instar.model.WeightsSummary;
import dev.instar.torch.LibTorch;
import dev.instar.torch.WeightsFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar models}: which networks there are, and what a file of weights is. */
@Command(
    name = "models",
    header = "List the networks, or say what a file of weights is.",
    customSynopsis = "instar models [FILE] [OPTIONS]",
    description = {
      "Without FILE: every network by name, and the weights that fit it. The parameters' names are torchvision's and timm's, in safetensors and PyTorch files alike.",
      "With FILE: its tensors, the network whose names and shapes fit best, and what does not fit."
    },
    footer = {
      "%nAny other network can be given to 'train' as a TorchScript file (torch.jit.save). Such a file is a program: use only those that you trust.",
      "%nExamples:",
      "  instar models",
      "  instar models weights/resnet50.tv_in1k.safetensors",
      "  instar models checkpoint.pth --json | jq .fit.model"
    })
final class ModelsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..1",
      description = "Weights: safetensors, or a PyTorch checkpoint (.pth, .pt, .tar, .ckpt).")
  private List<Path> files = List.of();

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ModelsReport report = new ModelsReport(spec.commandLine().getOut(), json);
    if (files.isEmpty()) {
      report.list();
      return ExitStatus.DONE;
    }
    LibTorch.load(1);
    try (WeightsFile file = WeightsFile.open(files.get(0))) {
      report.describe(file.path(), WeightsSummary.of(file));
    }
    return ExitStatus.DONE;
  }
}
