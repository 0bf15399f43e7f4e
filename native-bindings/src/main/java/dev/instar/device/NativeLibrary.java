package dev.instar.device;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.hdf5.global.hdf5;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.pytorch.global.torch;

/**
 * The native libraries that Instar's jars carry.
 *
 * <p>Loading unpacks a library into JavaCPP's cache where that was not done before. Safe for any
 * number of threads, except that {@link #version} of HDF5 wants HDF5 for itself.
 */
public enum NativeLibrary {
  OPENCV("OpenCV", openblas_nolapack.class, opencv_core.class) {
    @Override
    public String version() {
      load();
      return opencv_core.CV_VERSION();
    }
  },
  HDF5("HDF5", org.bytedeco.hdf5.presets.hdf5.class, hdf5.class) {
    @Override
    public String version() {
      load();
      int[] major = new int[1];
      int[] minor = new int[1];
      int[] release = new int[1];
      if (hdf5.H5get_libversion(major, minor, release) < 0) {
        throw new IllegalStateException("H5get_libversion failed");
      }
      return major[0] + "." + minor[0] + "." + release[0];
    }
  },
  TORCH("LibTorch", openblas_nolapack.class, torch.class) {
    /**
     * JavaCPP unpacks and loads libtorch.so before the libtorch_cpu.so that it needs. At the first
     * start the linker would then take a system's own, such as Debian's python3-torch, and two
     * LibTorches in one process crash it.
     */
    @Override
    public void load() {
      String needed = "/org/bytedeco/pytorch/" + Loader.getPlatform() + "/libtorch_cpu.so";
      try {
        Loader.cacheResource(torch.class, needed);
      } catch (IOException e) {
        throw new LinkageError("libtorch_cpu.so cannot be unpacked: " + e.getMessage(), e);
      }
      super.load();
    }

    @Override
    public String version() {
      load();
      try (BytePointer built = torch.show_config()) {
        Matcher version = TORCH_VERSION.matcher(built.getString());
        return version.find() ? version.group(1) : "of an unknown version";
      }
    }
  };

  private static final Pattern TORCH_VERSION = Pattern.compile("TORCH_VERSION=([^, ]+)");

  /** Where JavaCPP asks whether loading, and thus warning about versions, is wanted. */
  private static final String LOADING = "org.bytedeco.javacpp.loadlibraries";

  private final String label;
  private final Class<?> preset;
  private final Class<?> binding;

  NativeLibrary(String label, Class<?> preset, Class<?> binding) {
    this.label = label;
    this.preset = preset;
    this.binding = binding;
  }

  /** The name that people know it by. */
  public String label() {
    return label;
  }

  /**
   * Makes the library ready for use; does nothing where it is.
   *
   * <p>The presets of openblas and HDF5 are older than JavaCPP's own version, on purpose (see the
   * parent pom). JavaCPP would print a warning about that at every start, so the classes that warn
   * are initialised while it is told that nothing is being loaded.
   *
   * @throws LinkageError if it cannot be loaded here
   */
  public void load() {
    synchronized (NativeLibrary.class) {
      String before = System.getProperty(LOADING);
      System.setProperty(LOADING, "false");
      try {
        Class.forName(preset.getName(), true, preset.getClassLoader());
      } catch (ClassNotFoundException e) {
        throw new NoClassDefFoundError(e.getMessage());
      } finally {
        if (before == null) {
          System.clearProperty(LOADING);
        } else {
          System.setProperty(LOADING, before);
        }
      }
    }
    Loader.load(binding);
  }

  /**
   * The version that the loaded library itself reports.
   *
   * @throws LinkageError if it cannot be loaded here
   */
  public abstract String version();
}
