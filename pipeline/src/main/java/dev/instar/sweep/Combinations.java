package dev.instar.sweep;

import dev.instar.image.Fault;
import dev.instar.image.InputException;
import dev.instar.split.Experiment;
import dev.instar.sweep.SweepPlan.Axis;
import dev.instar.train.Recipe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes the cells of a {@link SweepPlan}. */
final class Combinations {
  /** More than anybody trains; ten array jobs as large as Slurm usually allows. */
  private static final int MOST_CELLS = 10_000;

  /** Axes that the name of a cell has in places of their own. */
  private static final Set<String> NAMED =
      Set.of("experiment", "size", "task", "split_column", "model", "loss", "seed");

  private static final int LONGEST_NAME = 150;

  private final SweepPlan plan;
  private final String source;
  private final Recipes recipes = new Recipes();

  /** Keys that only {@code include} varies. */
  private final List<String> others;

  private Combinations(SweepPlan plan, String source) {
    this.plan = plan;
    this.source = source;
    Set<String> axes = plan.axes().stream().map(Axis::name).collect(Collectors.toSet());
    others =
        plan.include().stream()
            .flatMap(entry -> entry.keySet().stream())
            .filter(key -> !axes.contains(key))
            .distinct()
            .toList();
  }

  /**
   * Every cell, in the order of the axes, then those that are included and are no combination.
   *
   * @param source of the plan, for messages
   */
  static List<Cell> cells(SweepPlan plan, String source) throws IOException {
    return new Combinations(plan, source).cells();
  }

  /**
   * A cell before it has a name.
   *
   * @param labels by axis, those of included keys among them
   * @param told by axes and {@code include}
   */
  private record Choice(Map<String, String> labels, Map<String, String> told) {}

  private List<Cell> cells() throws IOException {
    List<Choice> choices = new ArrayList<>();
    List<CellFilter> excluded = plan.exclude().stream().map(CellFilter::new).toList();
    for (Choice choice : product(Map.of())) {
      if (excluded.stream().noneMatch(filter -> filter.accepts(choice.labels))) {
        choices.add(choice);
      }
    }
    Set<Choice> all = new LinkedHashSet<>(choices);
    for (Map<String, String> entry : plan.include()) {
      all.addAll(product(entry));
    }
    if (all.isEmpty()) {
      throw refusal("exclude leaves no cell");
    }
    Map<String, Cell> cells = new LinkedHashMap<>();
    for (Choice choice : all) {
      Cell cell = cell(choice);
      if (cells.put(cell.name(), cell) != null) {
        throw refusal("two cells would be called " + cell.name() + ": give the axes other labels");
      }
    }
    return List.copyOf(cells.values());
  }

  /** Every combination of labels that agrees with an entry of {@code include}. */
  private List<Choice> product(Map<String, String> entry) throws InputException {
    long size = 1;
    for (Axis axis : plan.axes()) {
      size *= entry.containsKey(axis.name()) ? 1 : axis.values().size();
      if (size > MOST_CELLS) {
        throw refusal("the axes make more than " + MOST_CELLS + " cells");
      }
    }
    List<Choice> choices = List.of(new Choice(Map.of(), Map.of()));
    for (Axis axis : plan.axes()) {
      List<Choice> longer = new ArrayList<>();
      for (Choice choice : choices) {
        for (Map.Entry<String, Map<String, String>> value : values(axis, entry).entrySet()) {
          longer.add(with(choice, axis.name(), value.getKey(), value.getValue()));
        }
      }
      choices = longer;
    }
    for (String key : others) {
      String value = entry.get(key);
      if (value != null) {
        String label = label(key, value);
        Map<String, String> told = Map.of(Settings.canonical(key), value);
        choices = choices.stream().map(choice -> with(choice, key, label, told)).toList();
      }
    }
    return choices;
  }

  private static Map<String, Map<String, String>> values(Axis axis, Map<String, String> entry) {
    String wanted = entry.get(axis.name());
    if (wanted == null) {
      return axis.values();
    }
    Map<String, String> told = axis.values().get(wanted);
    if (told != null) {
      return Map.of(wanted, told);
    }
    return Map.of(label(axis.name(), wanted), Map.of(Settings.canonical(axis.name()), wanted));
  }

  private static Choice with(Choice choice, String axis, String label, Map<String, String> told) {
    Map<String, String> labels = new LinkedHashMap<>(choice.labels);
    Map<String, String> settings = new LinkedHashMap<>(choice.told);
    labels.put(axis, label);
    settings.putAll(told);
    return new Choice(labels, settings);
  }

  private Cell cell(Choice choice) throws IOException {
    Map<String, String> told = new LinkedHashMap<>(plan.set());
    told.putAll(choice.told);
    String column = splitColumn(told);
    String model = told.get("model");
    if (model == null) {
      throw refusal("it says no model: write 'model: resnet50', or an axis of models");
    }
    String recipe = told.getOrDefault("recipe", plan.recipe());
    List<String> changes = changes(told);
    Recipe resolved = recipes.of(recipe, changes, source);
    boolean file = !Recipe.FORM.names().contains(recipe);
    return new Cell(
        name(column, model, resolved, choice),
        factors(choice, resolved),
        plan.pack(),
        plan.metadata(),
        column,
        target(told, column),
        model,
        weights(told, model),
        // A file may change between now and the day that the cell is trained.
        file ? Recipe.FORM.names().get(0) : recipe,
        file ? recipes.changesTo(resolved) : changes,
        Long.parseLong(told.get("seed")));
  }

  private Optional<Path> weights(Map<String, String> told, String model) {
    String own = told.getOrDefault(Settings.WEIGHTS_OF + model, told.get("weights"));
    if (own == null) {
      return Optional.ofNullable(plan.weights().get(model));
    }
    return own.equals(Settings.NONE) ? Optional.empty() : Optional.of(Path.of(own));
  }

  private static List<String> changes(Map<String, String> told) {
    return told.entrySet().stream()
        .filter(each -> !Settings.isOwn(each.getKey()))
        .map(each -> each.getKey() + "=" + each.getValue())
        .toList();
  }

  private String splitColumn(Map<String, String> told) throws InputException {
    String column = told.get("split_column");
    String experiment = told.get("experiment");
    String size = told.get("size");
    String task = told.get("task");
    if (column != null && (experiment != null || size != null || task != null)
        || experiment != null && (size != null || task != null)) {
      throw refusal(
          "it says too much of the data: give an experiment, or size and task, or split_column and"
              + " target");
    }
    if (column != null) {
      return column;
    }
    if (experiment != null) {
      return experiment;
    }
    if (size == null || task == null) {
      throw refusal(
          "it says not what is trained: give an experiment, or size and task, or split_column and"
              + " target");
    }
    return size + "_" + task;
  }

  private String target(Map<String, String> told, String column) throws InputException {
    String target = told.get("target");
    if (target != null) {
      return target;
    }
    return Experiment.ofLabel(column)
        .map(experiment -> experiment.rank().label())
        .orElseThrow(() -> refusal("target is missing: which column names the classes?"));
  }

  /** The label of every axis and of every key that an entry of {@code include} varies. */
  private Map<String, String> factors(Choice choice, Recipe recipe) throws InputException {
    Map<String, String> factors = new LinkedHashMap<>(choice.labels);
    String seed = factors.remove("seed");
    Map<String, String> flat = others.isEmpty() ? Map.of() : Recipe.FORM.flat(recipe);
    for (String key : others) {
      factors.putIfAbsent(key, label(key, usual(key, flat)));
    }
    factors.put("seed", seed);
    return factors;
  }

  /** What a cell is told by nobody's include. */
  private String usual(String key, Map<String, String> recipe) {
    String common = plan.set().get(Settings.canonical(key));
    if (common != null) {
      return common;
    }
    return key.equals("recipe")
        ? plan.recipe()
        : recipe.getOrDefault(Settings.canonical(key), Settings.NONE);
  }

  private static String label(String key, String value) {
    String known = Settings.canonical(key);
    return Label.of(known, Settings.node(known, value), value);
  }

  private String name(String column, String model, Recipe recipe, Choice choice)
      throws InputException {
    String loss = recipe.loss().kind().name().toLowerCase(Locale.ROOT);
    StringBuilder name = new StringBuilder(Label.of(column));
    name.append('_').append(choice.labels.getOrDefault("model", label("model", model)));
    name.append('_').append(choice.labels.getOrDefault("loss", loss));
    choice.labels.forEach(
        (axis, label) -> {
          if (!NAMED.contains(axis)) {
            name.append('_').append(axis).append('=').append(label);
          }
        });
    name.append("_s").append(choice.labels.get("seed"));
    if (name.length() > LONGEST_NAME) {
      throw refusal(
          "a cell would be called "
              + name
              + ", more than "
              + LONGEST_NAME
              + " letters: give values shorter labels, 'LABEL: value'");
    }
    String first = name.substring(0, 1);
    return first.matches("[A-Za-z0-9]") ? name.toString() : "x" + name;
  }

  private InputException refusal(String sentence) {
    return new InputException(Fault.CORRUPT, source + ": " + sentence);
  }
}
