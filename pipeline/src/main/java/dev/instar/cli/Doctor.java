package dev.instar.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code instar doctor}: what works on this machine, what does not, and what would mend it. */
@Command(
    name = "doctor",
    header = "Say what works on this machine.",
    customSynopsis = "instar doctor [OPTIONS]",
    description =
        "What is off or slow, and what would mend it. The exit status is 1 where something needed is broken.",
    footer = {
      "%nExamples:",
      "  instar doctor",
      "  instar doctor --json | jq '.findings[] | select(.state != \"ok\")'"
    })
final class Doctor implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    List<Finding> findings = new ArrayList<>(new SystemCheck().findings());
    findings.addAll(NativeCheck.findings());
    boolean sound = findings.stream().noneMatch(f -> f.state() == Finding.State.FAIL);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      printJson(findings, sound, out);
    } else {
      findings.forEach(finding -> print(finding, out));
    }
    return sound ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private static void print(Finding finding, PrintWriter out) {
    out.printf("%-4s  %-14s  %s%n", word(finding), finding.topic(), finding.text());
    if (!finding.remedy().isEmpty()) {
      out.printf("%-4s  %-14s  -> %s%n", "", "", finding.remedy());
    }
  }

  private static void printJson(List<Finding> findings, boolean sound, PrintWriter out)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode report = mapper.createObjectNode().put("version", BuildVersion.number());
    report.put("sound", sound);
    ArrayNode list = report.putArray("findings");
    for (Finding finding : findings) {
      list.addObject()
          .put("state", word(finding))
          .put("topic", finding.topic())
          .put("text", finding.text())
          .put("remedy", finding.remedy());
    }
    out.println(mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report));
  }

  private static String word(Finding finding) {
    return finding.state().name().toLowerCase(Locale.ROOT);
  }
}
