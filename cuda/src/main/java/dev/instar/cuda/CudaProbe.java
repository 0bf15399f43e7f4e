package dev.instar.cuda;

import dev.instar.device.DeviceProbe;
import dev.instar.device.DeviceReport;
import dev.instar.device.DeviceReport.Device;
import dev.instar.device.DeviceReport.Library;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads what the NVIDIA driver tells in {@code /proc} and looks for CUDA's libraries where the
 * dynamic linker would.
 *
 * <p>Nothing is loaded, so it is safe on a machine without a GPU, with a broken driver, or with the
 * wrong CUDA.
 */
public final class CudaProbe implements DeviceProbe {
  /** The CUDA that the presets' {@code -gpu} jars are linked to. */
  private static final int CUDA = 13;

  private static final Pattern DRIVER =
      Pattern.compile("Kernel Module.*?(\\d+\\.\\d+(?:\\.\\d+)?)");
  private static final Pattern MODEL = Pattern.compile("(?m)^Model:\\s*(\\S.*?)\\s*$");

  private final Path root;
  private final LibraryPath libraries;

  /** Looks at this machine. */
  public CudaProbe() {
    this(Path.of("/"), Optional.ofNullable(System.getenv("LD_LIBRARY_PATH")).orElse(""));
  }

  CudaProbe(Path root, String searchPath) {
    this.root = root;
    this.libraries = LibraryPath.of(root, searchPath);
  }

  @Override
  public DeviceReport probe() {
    String driver =
        read(root.resolve("proc/driver/nvidia/version"))
            .map(DRIVER::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .orElse("");
    return new DeviceReport("CUDA", driver, driverRemedy(driver), devices(), required());
  }

  private String driverRemedy(String driver) {
    boolean client = libraries.find("libcuda.so.1").isPresent();
    if (driver.isEmpty()) {
      return client
          ? "libcuda.so.1 is there, but the kernel module is not loaded: use a node with a GPU"
          : "on a machine with an NVIDIA GPU, install its driver, 580 or newer for CUDA " + CUDA;
    }
    return client
        ? ""
        : "libcuda.so.1 is not on the library path: in a container, pass the GPU in (apptainer --nv, docker --gpus all)";
  }

  private List<Device> devices() {
    Path gpus = root.resolve("proc/driver/nvidia/gpus");
    if (!Files.isDirectory(gpus)) {
      return List.of();
    }
    try (Stream<Path> addresses = Files.list(gpus)) {
      return addresses.sorted().map(CudaProbe::device).toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  private static Device device(Path folder) {
    String model =
        read(folder.resolve("information"))
            .map(MODEL::matcher)
            .filter(Matcher::find)
            .map(found -> found.group(1))
            .orElse("unknown model");
    return new Device(model, folder.getFileName().toString());
  }

  private List<Library> required() {
    String toolkit = "install CUDA " + CUDA + " (on a cluster: module load cuda/" + CUDA + ")";
    List<Library> found = new ArrayList<>();
    found.add(library("CUDA runtime", "libcudart.so", CUDA, toolkit));
    found.add(library("cuBLAS", "libcublas.so", CUDA, toolkit));
    found.add(library("NPP", "libnppc.so", CUDA, toolkit));
    found.add(library("nvJPEG", "libnvjpeg.so", CUDA, toolkit));
    found.add(library("cuDNN", "libcudnn.so", 9, "install cuDNN 9 for CUDA " + CUDA));
    found.add(library("NCCL", "libnccl.so", 2, "install NCCL 2 for CUDA " + CUDA));
    return found;
  }

  private Library library(String name, String file, int version, String remedy) {
    Optional<Path> right = libraries.find(file + "." + version);
    if (right.isPresent()) {
      return new Library(name, right.get().toString(), "");
    }
    String other = libraries.findPrefixed(file + ".").map(Path::toString).orElse("");
    return new Library(
        name,
        other,
        remedy + " and put the folder of " + file + "." + version + " on LD_LIBRARY_PATH");
  }

  /** The text of a small file; empty where it is absent or unreadable. */
  private static Optional<String> read(Path file) {
    try {
      return Optional.of(Files.readString(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
