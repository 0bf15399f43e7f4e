package dev.instar.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Names of weights without what wrappers of networks put in front of them. */
final class WeightNames {
  /**
   * DataParallel, Lightning, torch.compile, and the usual names of a network's place in a larger
   * one.
   */
  private static final List<String> PREFIXES =
      List.of("module.", "model.", "_orig_mod.", "backbone.", "network.", "net.", "encoder.");

  private WeightNames() {}

  /**
   * The names of a file by those of a network. A name that the network knows stands for itself;
   * from others prefixes are taken until it does. Of several that come to the same name, the one
   * that is closest to it counts.
   *
   * @return only names that the network knows
   */
  static Map<String, String> match(Set<String> network, Set<String> file) {
    Map<String, String> names = new LinkedHashMap<>();
    for (String name : file) {
      String known = strip(name, network);
      if (network.contains(known)) {
        names.merge(known, name, (one, other) -> one.length() <= other.length() ? one : other);
      }
    }
    return names;
  }

  private static String strip(String name, Set<String> network) {
    String rest = name;
    boolean stripped = true;
    while (stripped && !network.contains(rest)) {
      stripped = false;
      for (String prefix : PREFIXES) {
        if (rest.startsWith(prefix)) {
          rest = rest.substring(prefix.length());
          stripped = true;
          break;
        }
      }
    }
    return rest;
  }
}
