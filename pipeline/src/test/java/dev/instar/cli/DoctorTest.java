package dev.instar.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.instar.cli.Finding.State;
import dev.instar.device.DeviceReport;
import dev.instar.testing.SlurmCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DoctorTest {
  @Test
  void findsThisMachineSoundAndSaysTheSameAsText() throws IOException {
    String json = doctor("--json");
    JsonNode report = new ObjectMapper().readTree(json);
    String text = doctor();

    assertThat(report.path("sound").asBoolean()).as(json).isTrue();
    assertThat(report.path("findings"))
        .extracting(finding -> finding.path("topic").asText())
        .contains(
            "Java",
            "cores",
            "memory",
            "cache folder",
            "Slurm",
            "pictures",
            "OpenCV",
            "HDF5",
            "CUDA")
        .allSatisfy(topic -> assertThat(text).contains(topic));
    assertThat(report.path("findings"))
        .extracting(finding -> finding.path("state").asText())
        .isSubsetOf("ok", "warn", "off");
  }

  @Test
  void reportsTheVersionsOfTheLibrariesInTheJars() {
    assertThat(NativeCheck.findings())
        .filteredOn(finding -> List.of("OpenCV", "HDF5", "LibTorch").contains(finding.topic()))
        .extracting(Finding::text)
        .satisfiesExactly(
            version -> assertThat(version).matches("4\\.\\d+\\.\\d+.*"),
            version -> assertThat(version).matches("1\\.\\d+\\.\\d+"),
            version -> assertThat(version).matches("2\\.\\d+\\.\\d+"));
  }

  @Test
  void readsProcessorAndMemoryFromTheKernel(@TempDir Path root) throws IOException {
    write(root, "proc/cpuinfo", "model name\t: Slow CPU\nflags\t\t: fpu sse2 avx\n");
    write(root, "proc/meminfo", "MemTotal:  1000000 kB\nMemAvailable:  500000 kB\n");

    List<Finding> findings = new SystemCheck(root, Map.of()).findings();

    assertThat(finding(findings, "processor").state()).isEqualTo(State.WARN);
    assertThat(finding(findings, "processor").remedy()).contains("AVX2");
    assertThat(finding(findings, "memory").state()).isEqualTo(State.WARN);
    assertThat(finding(findings, "memory").text()).contains("976 MiB").contains("488 MiB");
    assertThat(finding(findings, "Slurm").state()).isEqualTo(State.OFF);
  }

  @Test
  void asksForCoresInAJobThatNamedNone(@TempDir Path root) {
    Map<String, String> job = Map.of("SLURM_JOB_ID", "7", "SLURM_ARRAY_TASK_ID", "3");

    Finding slurm = finding(new SystemCheck(root, job).findings(), "Slurm");

    assertThat(slurm.state()).isEqualTo(State.WARN);
    assertThat(slurm.text()).isEqualTo("SLURM_ARRAY_TASK_ID=3, SLURM_JOB_ID=7");
    assertThat(slurm.remedy()).contains("--cpus-per-task");
  }

  @Test
  void saysWhetherJobsCanBeSubmittedFromHere() throws Exception {
    Finding none = finding(new SystemCheck(Path.of("/"), Map.of()).findings(), "Slurm");
    assertThat(none.state()).isEqualTo(State.OFF);
    assertThat(none.text()).startsWith("not in a job; no Slurm here: sbatch, ");

    Map<String, String> environment = SlurmCluster.require().environment();
    Finding here = finding(new SystemCheck(Path.of("/"), environment).findings(), "Slurm");
    assertThat(here.state()).isEqualTo(State.OK);
    assertThat(here.text()).matches("slurm\\S* \\d+\\.\\d+.* answers; not in a job");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nfs", "nfs4", "lustre", "cifs", "ceph", "fuse.sshfs", "beegfs"})
  void knowsNetworkFileSystems(String type) {
    assertThat(SystemCheck.isNetwork(type)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ext4", "xfs", "tmpfs", "overlay", "btrfs", "zfs"})
  void knowsLocalFileSystems(String type) {
    assertThat(SystemCheck.isNetwork(type)).isFalse();
  }

  @Test
  void callsAMachineWithoutADriverOffAndNotBroken() {
    DeviceReport none = new DeviceReport("CUDA", "", "install a driver", List.of(), List.of());

    assertThat(NativeCheck.findings(none))
        .singleElement()
        .satisfies(finding -> assertThat(finding.state()).isEqualTo(State.OFF))
        .satisfies(finding -> assertThat(finding.remedy()).isEqualTo("install a driver"));
  }

  @Test
  void listsDevicesAndWhatTheirLibrariesLack() {
    DeviceReport report =
        new DeviceReport(
            "CUDA",
            "580.1",
            "",
            List.of(new DeviceReport.Device("H100", "0000:01:00.0")),
            List.of(
                new DeviceReport.Library("NCCL", "/lib/libnccl.so.2", ""),
                new DeviceReport.Library("cuDNN", "/lib/libcudnn.so.8", "install cuDNN 9")));

    assertThat(NativeCheck.findings(report))
        .extracting(Finding::state, Finding::text)
        .containsExactly(
            tuple(State.OK, "driver 580.1"),
            tuple(State.OK, "H100 at 0000:01:00.0"),
            tuple(State.OK, "NCCL: /lib/libnccl.so.2"),
            tuple(State.WARN, "cuDNN: another version: /lib/libcudnn.so.8"));
  }

  private static String doctor(String... options) {
    StringWriter out = new StringWriter();
    String[] arguments = new String[options.length + 1];
    arguments[0] = "doctor";
    System.arraycopy(options, 0, arguments, 1, options.length);
    int status =
        Instar.run(new PrintWriter(out, true), new PrintWriter(new StringWriter()), arguments);
    assertThat(status).as(out.toString()).isEqualTo(ExitStatus.DONE);
    return out.toString();
  }

  private static Finding finding(List<Finding> findings, String topic) {
    return findings.stream().filter(f -> f.topic().equals(topic)).findFirst().orElseThrow();
  }

  private static void write(Path root, String path, String text) throws IOException {
    Files.createDirectories(root.resolve(path).getParent());
    Files.writeString(root.resolve(path), text);
  }
}
