package dev.instar.cli;

import java.util.List;
import picocli.CommandLine.IModelTransformer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Help of a verb that has enough options of its own: of those of Slurm it names the first. */
final class BriefSlurmHelp implements IModelTransformer {
  private static final String FIRST = "--slurm";

  @Override
  public CommandSpec transform(CommandSpec verb) {
    List<OptionSpec> options =
        verb.mixins().values().stream()
            .filter(mixin -> mixin.userObject() instanceof SlurmOptions)
            .flatMap(mixin -> mixin.options().stream())
            .toList();
    for (OptionSpec option : options) {
      OptionSpec.Builder brief = option.toBuilder();
      if (option.longestName().equals(FIRST)) {
        brief.description(
            "Let Slurm do it, in --shards; its options are those of 'instar sweep submit --help'.");
      } else {
        brief.hidden(true);
      }
      verb.remove(option);
      verb.addOption(brief.build());
    }
    return verb;
  }
}
