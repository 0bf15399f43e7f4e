package dev.instar.loader;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A class that a network tells apart.
 *
 * @param name as the metadata says it
 * @param lineage its name at wider ranks, by the rank's label, from the widest; empty where the
 *     records of the class disagree or the metadata does not say
 */
public record ClassName(String name, Map<String, String> lineage) {
  public ClassName {
    lineage = Collections.unmodifiableMap(new LinkedHashMap<>(lineage));
  }
}
