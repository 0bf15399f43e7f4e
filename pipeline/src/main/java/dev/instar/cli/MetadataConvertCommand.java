package dev.instar.cli;

import dev.instar.report.MetadataJson;
import dev.instar.taxonomy.MetadataConversion;
import dev.instar.taxonomy.MetadataForm;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code instar metadata convert}: a specimen table in another form. */
@Command(
    name = "convert",
    description = {
      "Write a specimen table in another form: .tsv, .csv, .jsonl, .jsonld or .parquet, by the endings.",
      "Rows that cannot be read are kept out, named and counted (exit status 3)."
    },
    footer = {
      "",
      "Examples:",
      "  instar metadata convert meta.tsv -o meta.parquet",
      "  instar metadata convert meta.tsv -o meta.jsonld --flat"
    })
final class MetadataConvertCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "IN", description = "The table to read.")
  private Path in;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "OUT",
      description = "The table to write; it appears when it is complete.")
  private Path out;

  @Option(
      names = "--flat",
      description =
          "Write .jsonld as BIOSCAN-1M's own program does: a plain array, byte for byte the same.")
  private boolean flat;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (flat && MetadataForm.of(out) != MetadataForm.JSONLD) {
      throw new ParameterException(spec.commandLine(), "--flat writes .jsonld, not " + out);
    }
    MetadataConversion.Converted converted =
        flat ? MetadataConversion.toPlainArray(in, out) : MetadataConversion.convert(in, out);
    PrintWriter printed = spec.commandLine().getOut();
    if (json) {
      printed.println(MetadataJson.of(out, converted));
    } else {
      printed.printf("%s: %,d rows%n", out, converted.rows());
    }
    printed.flush();
    MetadataWarnings.print(spec.commandLine().getErr(), in, converted.bad());
    return converted.bad().count() > 0 ? ExitStatus.QUARANTINED : ExitStatus.DONE;
  }
}
