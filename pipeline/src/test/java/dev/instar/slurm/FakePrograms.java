package dev.instar.slurm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;

/** Programs in place of Slurm's: bash, in a folder that comes first on the PATH. */
record FakePrograms(Path folder) {
  /** Replaces one; {@code $0} of its body is its own path. */
  FakePrograms program(String name, String body) throws IOException {
    Path file = folder.resolve(name);
    Files.writeString(file, "#!/bin/bash\n" + body + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    return this;
  }

  /** An environment in which they are found before others. */
  Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(System.getenv());
    environment.keySet().removeIf(name -> name.startsWith("SLURM_"));
    environment.merge("PATH", folder.toString(), (others, own) -> own + ":" + others);
    return environment;
  }

  /** An environment in which there are no others, but bash's own words. */
  Map<String, String> environmentOfTheirOwn() {
    return Map.of("PATH", folder.toString());
  }
}
