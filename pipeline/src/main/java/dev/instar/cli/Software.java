package dev.instar.cli;

import dev.instar.image.CodecReport;
import dev.instar.image.Codecs;
import dev.instar.torch.LibTorch;
import java.util.LinkedHashMap;
import java.util.Map;

/** The programs that a number depends on. */
final class Software {
  private Software() {}

  /** Their versions by name: our own, LibTorch's, those of what decodes pictures. Loads them. */
  static Map<String, String> versions() {
    CodecReport pictures = Codecs.report();
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("instar", BuildVersion.number());
    versions.put("commit", BuildVersion.commit());
    versions.put("libtorch", LibTorch.version());
    versions.put("libtorch_bindings", LibTorch.bindings());
    versions.put("codec", pictures.name() + " " + pictures.version());
    versions.put("resampling", pictures.resampling());
    return versions;
  }
}
