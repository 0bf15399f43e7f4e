package dev.instar.device;

import java.util.List;
import java.util.ServiceLoader;

/**
 * Finds out what one kind of accelerator has to offer here.
 *
 * <p>Device modules register an implementation with {@link ServiceLoader}; without them everything
 * runs on the processor. A probe only looks: it loads no driver, starts no device, and reports what
 * it cannot read as absent. Safe for any number of threads.
 */
public interface DeviceProbe {
  /**
   * The probes of the device modules on the class path; none on an installation for processors
   * only.
   */
  static List<DeviceProbe> installed() {
    return ServiceLoader.load(DeviceProbe.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  /** What is there now. */
  DeviceReport probe();
}
