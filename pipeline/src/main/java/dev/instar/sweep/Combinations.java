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
        String label = Label.of(key, Settings.node(key, value), value);
        choices = choices.stream().map(c -> with(c, key, label, Map.of(key, value))).toList();
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
    String key = Settings.canonical(axis.name());
    return Map.of(Label.of(key, Settings.node(key, wanted), wanted), Map.of(key, wanted));
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
    if (choice.told.containsKey("experiment")) {
      told.keySet().removeAll(Set.of("size", "task", "split_column"));
    }
    String column = splitColumn(told);
    String model = told.get("model");
    if (model == null) {
      throw refusal("it says no model: write 'model: resnet50', or an axis of models");
    }
    String recipe = told.getOrDefault("recipe", plan.recipe());
    List<String> changes = changes(told);
    Recipe resolved = recipes.of(recipe, changes, source);
    String loss = resolved.loss().kind().name().toLowerCase(java.util.Locale.ROOT);
    boolean file = !Recipe.FORM.names().contains(recipe);
    String weights =
        Settings.weights(
            told,
            model,
            Optional.ofNullable(plan.weights().get(model)).map(Path::toString).orElse("none"));
    Map<String, String> factors = factors(choice, resolved);
    String name =
        name(
            column,
            label(choice, "model", model),
            choice.labels.getOrDefault("loss", loss),
            choice);
    return new Cell(
        name,
        factors,
        plan.pack(),
        plan.metadata(),
        column,
        target(told, column),
        model,
        weights.equals(Settings.NONE) ? Optional.empty() : Optional.of(Path.of(weights)),
        // A file may change between now and the day that the cell is trained.
        file ? Recipe.FORM.names().get(0) : recipe,
        file ? recipes.changesTo(resolved) : changes,
        Long.parseLong(told.get("seed")));
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
      String usual = plan.set().getOrDefault(key, key.equals("recipe") ? plan.recipe() : null);
      String value = usual == null ? flat.getOrDefault(key, "-") : usual;
      factors.putIfAbsent(key, Label.of(key, Settings.node(key, value), value));
    }
    factors.put("seed", seed);
    return factors;
  }

  private static String label(Choice choice, String key, String value) {
    String label = choice.labels.get(key);
    return label == null ? Label.of(key, Settings.node(key, value), value) : label;
  }

  private String name(String column, String model, String loss, Choice choice)
      throws InputException {
    StringBuilder name = new StringBuilder(Label.of(column));
    name.append('_').append(model).append('_').append(loss);
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
