package dev.instar.sweep;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One training of a sweep: everything that decides what it comes to. Paths are absolute.
 *
 * @param name of the cell and of its folder, such as {@code
 *     large_insect_order_vit_base_patch16_224_ce_s2}: the reference's form (configurations.py:204),
 *     with the other axes' labels before the seed. Letters, digits and {@code ._=+-} only
 * @param factors the label of each axis by the axis's name, in the order of the plan; {@code seed}
 *     is one of them always
 * @param splitColumn of the table
 * @param target the column of the table that names the class
 * @param model of {@link dev.instar.model.Models}, or a TorchScript file
 * @param weights to begin with instead of random ones
 * @param recipe name, or file, of the recipe that {@code changes} are made to
 * @param changes of the recipe, each {@code key=value} with dots in the key and YAML as the value
 */
public record Cell(
    String name,
    Map<String, String> factors,
    Path pack,
    Path metadata,
    String splitColumn,
    String target,
    String model,
    Optional<Path> weights,
    String recipe,
    List<String> changes,
    long seed) {
  public Cell {
    factors = Collections.unmodifiableMap(new LinkedHashMap<>(factors));
    changes = List.copyOf(changes);
  }
}
