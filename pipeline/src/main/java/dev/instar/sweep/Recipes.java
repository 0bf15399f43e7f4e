package dev.instar.sweep;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.instar.train.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Recipes of cells, each read once. Not thread-safe. */
final class Recipes {
  private record Key(String recipe, List<String> changes) {}

  private final Map<Key, Recipe> read = new HashMap<>();

  /** The recipe of a cell. */
  Recipe of(Cell cell) throws IOException {
    return of(cell.recipe(), cell.changes(), cell.name());
  }

  /**
   * A recipe with changes.
   *
   * @param source of the changes, for messages
   */
  Recipe of(String recipe, List<String> changes, String source) throws IOException {
    Key key = new Key(recipe, changes);
    Recipe known = read.get(key);
    if (known == null) {
      known = Recipe.FORM.read(recipe, changes, source);
      read.put(key, known);
    }
    return known;
  }

  /** What makes it from the recipe that others differ from, as {@code key=value}. */
  List<String> changesTo(Recipe recipe) throws IOException {
    Map<String, String> plain =
        Recipe.FORM.flat(of(Recipe.FORM.names().get(0), List.of(), "the plan"));
    List<String> changes = new ArrayList<>();
    Recipe.FORM
        .flat(recipe)
        .forEach(
            (key, value) -> {
              if (!value.equals(plain.get(key))) {
                String yaml = key.equals("name") ? Settings.yaml(new TextNode(value)) : value;
                changes.add(key + "=" + yaml);
              }
            });
    return changes;
  }
}
