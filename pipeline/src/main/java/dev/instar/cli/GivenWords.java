package dev.instar.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** The words that a verb was given, for the same verb elsewhere: its paths are absolute. */
final class GivenWords {
  private GivenWords() {}

  /**
   * What followed the verb: its arguments, then its options by their long names, each with its
   * value.
   *
   * @param without options, by their long names, that are not handed on
   * @param paths options, by their long names, whose value is a path though it is kept as a text
   */
  static List<List<String>> of(CommandSpec verb, Collection<String> without, Set<String> paths) {
    ParseResult given = verb.commandLine().getParseResult();
    List<List<String>> words = new ArrayList<>();
    for (PositionalParamSpec argument : given.matchedPositionals()) {
      argument.stringValues().forEach(word -> words.add(List.of(absolute(word))));
    }
    for (OptionSpec option : given.matchedOptionsSet()) {
      if (!without.contains(option.longestName())) {
        add(words, option, isPath(option) || paths.contains(option.longestName()));
      }
    }
    return words;
  }

  private static boolean isPath(ArgSpec option) {
    return option.typeInfo().getType() == Path.class;
  }

  private static void add(List<List<String>> words, OptionSpec option, boolean path) {
    String name = option.longestName();
    if (option.getValue() instanceof Boolean on) {
      words.add(List.of(on ? name : "--no-" + name.substring(2)));
      return;
    }
    for (String value : option.originalStringValues()) {
      words.add(List.of(name, path ? absolute(value) : value));
    }
  }

  /** {@code ..} stays: behind a symbolic link it leads elsewhere than its text says. */
  private static String absolute(String word) {
    try {
      Path path = Path.of(word).toAbsolutePath();
      for (Path part : path) {
        if (part.toString().equals("..")) {
          return path.toString();
        }
      }
      return path.normalize().toString();
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("'" + word + "' is no path", e);
    }
  }
}
