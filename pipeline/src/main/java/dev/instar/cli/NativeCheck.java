package dev.instar.cli;

import dev.instar.device.DeviceProbe;
import dev.instar.device.DeviceReport;
import dev.instar.device.NativeLibrary;
import dev.instar.image.CodecReport;
import dev.instar.image.Codecs;
import dev.instar.torch.LibTorch;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceConfigurationError;

/**
 * What {@code doctor} finds out about native code: each library is tried by itself, and one that
 * fails is a line, not the end.
 */
final class NativeCheck {
  private static final String PICTURES = "pictures";
  private static final String LOADING =
      "the cache folder must be writable and not mounted noexec, and the machine linux-x86_64 with glibc";

  private NativeCheck() {}

  static List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(pictures());
    for (NativeLibrary library : NativeLibrary.values()) {
      findings.add(library(library));
    }
    findings.add(arithmetic());
    findings.addAll(devices());
    return findings;
  }

  private static Finding pictures() {
    try {
      CodecReport report = Codecs.report();
      String text =
          "through " + report.name() + " " + report.version() + ", " + report.resampling();
      return report
          .reasonForFallback()
          .map(reason -> Finding.warn(PICTURES, text + "; the C++ core is off", reason))
          .orElse(Finding.ok(PICTURES, text));
    } catch (LinkageError | RuntimeException e) {
      return Finding.fail(PICTURES, "cannot be decoded: " + Complaint.rootOf(e), LOADING);
    }
  }

  private static Finding library(NativeLibrary library) {
    try {
      return Finding.ok(library.label(), library.version());
    } catch (LinkageError | RuntimeException e) {
      return Finding.fail(library.label(), "does not load: " + Complaint.rootOf(e), LOADING);
    }
  }

  /** How LibTorch would calculate here. */
  private static Finding arithmetic() {
    try {
      LibTorch.load(Runtime.getRuntime().availableProcessors());
      String text = LibTorch.vectors() + ", " + LibTorch.threads() + " threads";
      return Finding.ok(
          "arithmetic",
          text
              + (LibTorch.multipliesBfloat16()
                  ? ", matrices in bfloat16"
                  : ", matrices in float32: the processor does not multiply bfloat16"));
    } catch (IllegalStateException e) {
      return Finding.fail("arithmetic", Complaint.rootOf(e), LOADING);
    }
  }

  private static List<Finding> devices() {
    List<DeviceProbe> probes;
    try {
      probes = DeviceProbe.installed();
    } catch (ServiceConfigurationError e) {
      return List.of(Finding.warn("devices", Complaint.rootOf(e), "reinstall Instar's jars"));
    }
    if (probes.isEmpty()) {
      return List.of(
          Finding.off(
              "devices", "no device module on the class path", "add cuda.jar for NVIDIA GPUs"));
    }
    return probes.stream().flatMap(probe -> findings(probe.probe()).stream()).toList();
  }

  static List<Finding> findings(DeviceReport report) {
    String kind = report.kind();
    if (report.driver().isEmpty() && report.devices().isEmpty()) {
      return List.of(
          Finding.off(kind, "no driver: work runs on the processor", report.driverRemedy()));
    }
    List<Finding> findings = new ArrayList<>();
    String driver = report.driver().isEmpty() ? "unknown" : report.driver();
    findings.add(
        report.driverRemedy().isEmpty()
            ? Finding.ok(kind, "driver " + driver)
            : Finding.warn(kind, "driver " + driver, report.driverRemedy()));
    if (report.devices().isEmpty()) {
      findings.add(Finding.off(kind, "no device", "ask the scheduler for one (sbatch --gpus=1)"));
    }
    for (DeviceReport.Device device : report.devices()) {
      findings.add(Finding.ok(kind, device.name() + " at " + device.address()));
    }
    for (DeviceReport.Library library : report.libraries()) {
      findings.add(library(kind, library));
    }
    return findings;
  }

  private static Finding library(String kind, DeviceReport.Library library) {
    if (library.usable()) {
      return Finding.ok(kind, library.name() + ": " + library.found());
    }
    String found = library.found().isEmpty() ? "not found" : "another version: " + library.found();
    return Finding.warn(kind, library.name() + ": " + found, library.remedy());
  }
}
