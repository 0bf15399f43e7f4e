package dev.instar.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.instar.device.DeviceProbe;
import dev.instar.device.DeviceReport;
import dev.instar.device.DeviceReport.Device;
import dev.instar.device.DeviceReport.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CudaProbeTest {
  private static final String VERSION =
      """
      NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.82.07  Release Build  (root@host)
      GCC version:  gcc version 12.2.0 (Debian 12.2.0-14)
      """;

  @TempDir private Path root;

  @Test
  void isFoundByTheServiceLoader() {
    assertThat(DeviceProbe.installed()).singleElement().isInstanceOf(CudaProbe.class);
  }

  @Test
  void reportsThisMachineWhateverItHas() {
    assertThat(new CudaProbe().probe().kind()).isEqualTo("CUDA");
  }

  @Test
  void reportsAnEmptyMachineAsWithoutADriver() {
    DeviceReport report = probe("");

    assertThat(report.usable()).isFalse();
    assertThat(report.driver()).isEmpty();
    assertThat(report.driverRemedy()).contains("driver");
    assertThat(report.devices()).isEmpty();
    assertThat(report.libraries()).extracting(Library::usable).containsOnly(false);
  }

  @Test
  void readsDriverAndDevices() throws IOException {
    write("proc/driver/nvidia/version", VERSION);
    write(
        "proc/driver/nvidia/gpus/0000:01:00.0/information",
        "Model: \t\t NVIDIA H100 PCIe\nIRQ: 77\n");
    write("proc/driver/nvidia/gpus/0000:81:00.0/information", "IRQ: 78\n");
    write("usr/lib/x86_64-linux-gnu/libcuda.so.1", "");

    DeviceReport report = probe("");

    assertThat(report.driver()).isEqualTo("580.82.07");
    assertThat(report.usable()).isTrue();
    assertThat(report.devices())
        .containsExactly(
            new Device("NVIDIA H100 PCIe", "0000:01:00.0"),
            new Device("unknown model", "0000:81:00.0"));
  }

  @Test
  void readsTheVersionOfTheProprietaryDriverToo() throws IOException {
    write(
        "proc/driver/nvidia/version",
        "NVRM version: NVIDIA UNIX x86_64 Kernel Module  535.183.01  Sun May 12 19:39:15 UTC 2024\n");

    assertThat(probe("").driver()).isEqualTo("535.183.01");
  }

  @Test
  void saysHowToPassTheGpuIntoAContainer() throws IOException {
    write("proc/driver/nvidia/version", VERSION);

    assertThat(probe("").driverRemedy()).contains("--nv");
  }

  @Test
  void saysThatTheKernelModuleIsMissingWhereOnlyTheClientLibraryIsThere() throws IOException {
    write("usr/lib64/libcuda.so.1", "");

    assertThat(probe("").driverRemedy()).contains("kernel module");
  }

  @Test
  void findsLibrariesWhereTheLinkerWould() throws IOException {
    write("opt/cudnn/lib/libcudnn.so.9", "");
    write("etc/ld.so.conf", "include /etc/ld.so.conf.d/*.conf # distribution\n");
    write("etc/ld.so.conf.d/nccl.conf", "/opt/nccl/lib\n");
    write("opt/nccl/lib/libnccl.so.2", "");
    write("usr/local/cuda/lib64/libnvjpeg.so.13", "");

    DeviceReport report = probe("/nowhere::/opt/cudnn/lib");

    assertThat(report.libraries())
        .filteredOn(Library::usable)
        .extracting(Library::name)
        .containsExactlyInAnyOrder("cuDNN", "NCCL", "nvJPEG");
    assertThat(report.libraries())
        .filteredOn(library -> !library.usable())
        .allSatisfy(library -> assertThat(library.remedy()).contains("LD_LIBRARY_PATH"));
  }

  @Test
  void namesALibraryOfTheWrongVersion() throws IOException {
    write("usr/lib64/libcublas.so.12", "");

    Library cublas =
        probe("").libraries().stream().filter(l -> l.name().equals("cuBLAS")).findFirst().get();

    assertThat(cublas.usable()).isFalse();
    assertThat(cublas.found()).endsWith("libcublas.so.12");
  }

  @Test
  void survivesConfigurationThatIncludesItself() throws IOException {
    write("etc/ld.so.conf", "include /etc/ld.so.conf\n/opt/x\n");
    write("opt/x/libnccl.so.2", "");

    assertThat(probe("").libraries()).filteredOn(Library::usable).hasSize(1);
  }

  private DeviceReport probe(String searchPath) {
    return new CudaProbe(root, searchPath).probe();
  }

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
