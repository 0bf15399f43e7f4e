package dev.instar.device;

import java.util.List;

/**
 * What a machine has of one kind of accelerator.
 *
 * @param kind such as {@code CUDA}
 * @param driver the driver's version, empty where there is no driver
 * @param driverRemedy what would make the driver usable, empty where it is
 * @param devices in the driver's order
 * @param libraries that device code here is linked to, found or not
 */
public record DeviceReport(
    String kind,
    String driver,
    String driverRemedy,
    List<Device> devices,
    List<Library> libraries) {
  public DeviceReport {
    devices = List.copyOf(devices);
    libraries = List.copyOf(libraries);
  }

  /** Whether there is a working driver and at least one device. */
  public boolean usable() {
    return driverRemedy.isEmpty() && !devices.isEmpty();
  }

  /**
   * One accelerator.
   *
   * @param name the model
   * @param address where it is on the bus
   */
  public record Device(String name, String address) {}

  /**
   * One library that device code is linked to.
   *
   * @param name as people call it
   * @param found where it lies, or what was found instead; empty where there is nothing
   * @param remedy what would make it usable, empty where it is
   */
  public record Library(String name, String found, String remedy) {
    /** Whether the right version is there. */
    public boolean usable() {
      return remedy.isEmpty();
    }
  }
}
