package dev.instar.cli;

import dev.instar.slurm.Slurm;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What {@code doctor} finds out about Java, the machine and the job, from the JVM, {@code /proc}
 * and the environment.
 */
final class SystemCheck {
  private static final long MIB = 1L << 20;
  private static final long GIB = 1L << 30;

  /** Where native libraries are unpacked, as JavaCPP's Loader reads it. */
  private static final String CACHE_PROPERTY = "org.bytedeco.javacpp.cachedir";

  private static final Pattern NETWORK =
      Pattern.compile("nfs.*|lustre|gpfs|ceph|cifs|smb.*|afs|panfs|beegfs|fuse\\.sshfs|autofs|9p");

  private final Machine machine;
  private final Map<String, String> environment;

  SystemCheck() {
    this(Path.of("/"), System.getenv());
  }

  SystemCheck(Path root, Map<String, String> environment) {
    machine = new Machine(root, environment);
    this.environment = environment;
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.ok("Instar", BuildVersion.number()));
    findings.add(java());
    findings.add(launcher());
    findings.add(system());
    findings.add(processor());
    findings.add(cores());
    findings.add(memory());
    findings.add(encoding());
    findings.add(cache());
    findings.add(disk("working folder", Path.of("").toAbsolutePath()));
    findings.add(slurm());
    return findings;
  }

  private static Finding java() {
    long heap = Runtime.getRuntime().maxMemory() / MIB;
    return Finding.ok("Java", BuildVersion.java() + ", heap up to " + heap + " MiB");
  }

  private static Finding launcher() {
    return Boolean.getBoolean("org.bytedeco.javacpp.nopointergc")
        ? Finding.ok("JVM options", "set by the launcher")
        : Finding.warn(
            "JVM options",
            "not set: the JVM was started by hand",
            "start Instar with its launcher, which sets them");
  }

  private static Finding system() {
    String system = BuildVersion.system();
    boolean supported = system.startsWith("Linux") && system.endsWith("amd64");
    return supported
        ? Finding.ok("system", system)
        : Finding.fail("system", system, "native libraries are packaged for linux-x86_64 only");
  }

  private Finding processor() {
    String model = machine.processor();
    String flags = " " + machine.entry("proc/cpuinfo", "(?m)^flags\\s*:\\s*(.+)$").orElse("") + " ";
    if (!flags.contains(" avx2 ")) {
      return Finding.warn(
          "processor", model, "without AVX2 resampling takes the slower plain loops");
    }
    return Finding.ok(
        "processor", model + (flags.contains(" avx512f ") ? ", AVX2, AVX-512" : ", AVX2"));
  }

  private Finding cores() {
    String allowed =
        machine.entry("proc/self/status", "(?m)^Cpus_allowed_list:\\s*(\\S+)$").orElse("?");
    String online = machine.read("sys/devices/system/cpu/online").strip();
    return Finding.ok(
        "cores",
        Runtime.getRuntime().availableProcessors()
            + " to use (affinity "
            + allowed
            + " of "
            + online
            + ")");
  }

  private Finding memory() {
    long machine = kilobytes("MemTotal") * 1024;
    long free = kilobytes("MemAvailable") * 1024;
    long limit = machine;
    if (ManagementFactory.getOperatingSystemMXBean()
        instanceof com.sun.management.OperatingSystemMXBean container) {
      limit = container.getTotalMemorySize(); // the control group's limit where there is one
    }
    String text = size(machine) + ", " + size(free) + " of it free";
    if (limit < machine) {
      text += ", limited to " + size(limit) + " by the container or job";
    }
    return Math.min(limit, free) < GIB
        ? Finding.warn("memory", text, "conversion wants 1 GiB: ask for more (sbatch --mem=2G)")
        : Finding.ok("memory", text);
  }

  private static Finding encoding() {
    String names = System.getProperty("sun.jnu.encoding", "unknown");
    String text = "file names " + names + ", text " + Charset.defaultCharset();
    return names.equalsIgnoreCase("UTF-8")
        ? Finding.ok("encoding", text)
        : Finding.warn(
            "encoding",
            text,
            "names with other letters than ASCII will fail: export LC_ALL=C.UTF-8");
  }

  private Finding cache() {
    String home = environment.getOrDefault("HOME", "/");
    Path cache = Path.of(System.getProperty(CACHE_PROPERTY, home + "/.javacpp/cache"));
    String remedy = "export XDG_CACHE_HOME=FOLDER with a folder of your own on a local disk";
    try {
      Files.createDirectories(cache);
      Path probe = Files.createTempFile(cache, "doctor", null);
      Files.delete(probe);
      FileStore store = Files.getFileStore(cache);
      String text = cache + " (" + store.type() + ", " + size(store.getUsableSpace()) + " free)";
      if (isNetwork(store.type())) {
        return Finding.warn("cache folder", text + ", a network file system", remedy);
      }
      return Finding.ok("cache folder", text);
    } catch (IOException e) {
      return Finding.fail("cache folder", "cannot write there: " + Complaint.of(e), remedy);
    }
  }

  static boolean isNetwork(String fileSystem) {
    return NETWORK.matcher(fileSystem.toLowerCase(Locale.ROOT)).matches();
  }

  static Finding disk(String topic, Path folder) {
    try {
      FileStore store = Files.getFileStore(folder);
      String text = folder + " (" + store.type() + ", " + size(store.getUsableSpace()) + " free)";
      return store.getUsableSpace() < GIB
          ? Finding.warn(topic, text, "free some space, or write elsewhere with -o")
          : Finding.ok(topic, text);
    } catch (IOException e) {
      return Finding.warn(topic, Complaint.of(e), "work in a folder that can be read");
    }
  }

  private Finding slurm() {
    Map<String, String> job = new TreeMap<>();
    for (String name :
        List.of(
            "JOB_ID", "CPUS_PER_TASK", "ARRAY_TASK_ID", "JOB_NODELIST", "MEM_PER_NODE", "TMPDIR")) {
      String value = environment.get("SLURM_" + name);
      if (value != null) {
        job.put("SLURM_" + name, value);
      }
    }
    if (!job.containsKey("SLURM_JOB_ID")) {
      return cluster();
    }
    String text = job.toString().replaceAll("[{}]", "");
    return job.containsKey("SLURM_CPUS_PER_TASK")
        ? Finding.ok("Slurm", text)
        : Finding.warn("Slurm", text, "ask for cores by name: sbatch --cpus-per-task=N");
  }

  /** Whether jobs can be submitted from here. */
  private Finding cluster() {
    try {
      return Finding.ok("Slurm", Slurm.version(environment) + " answers; not in a job");
    } catch (IOException e) {
      return Finding.off("Slurm", "not in a job; " + Complaint.of(e), "");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Finding.off("Slurm", "not in a job", "");
    }
  }

  private long kilobytes(String entry) {
    return machine
        .entry("proc/meminfo", "(?m)^" + entry + ":\\s*(\\d+) kB$")
        .map(Long::parseLong)
        .orElse(0L);
  }

  private static String size(long bytes) {
    return bytes >= GIB
        ? String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB)
        : bytes / MIB + " MiB";
  }
}
