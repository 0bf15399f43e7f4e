package dev.instar.train;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Recipes of classifiers. */
public final class Recipes {
  private static final RecipeForm<Recipe> FORM =
      new RecipeForm<>(Recipe.class, List.of("paper", "fast"));

  private Recipes() {}

  /** See {@link RecipeForm#read}. */
  public static Recipe read(String nameOrFile, List<String> changes) throws IOException {
    return FORM.read(nameOrFile, changes);
  }

  /** See {@link RecipeForm#yaml}. */
  public static String yaml(Recipe recipe) {
    return FORM.yaml(recipe);
  }

  /** See {@link RecipeForm#flat}. */
  public static Map<String, String> flat(Recipe recipe) {
    return FORM.flat(recipe);
  }
}
