package dev.instar.cli;

import dev.instar.sweep.CellFilter;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which cells of a sweep are meant. */
final class CellsOption {
  @Option(
      names = "--only",
      paramLabel = "AXIS=LABEL,...",
      converter = Filter.class,
      description = "These cells alone: 'model=resnet50|resnet18,seed=1'.")
  private CellFilter filter;

  /** Those that were asked for, or all. */
  CellFilter filter() {
    return filter != null ? filter : CellFilter.ALL;
  }

  /** Whether not all are meant. */
  boolean some() {
    return filter != null;
  }

  /** {@link CellFilter}. */
  static final class Filter implements ITypeConverter<CellFilter> {
    @Override
    public CellFilter convert(String text) {
      try {
        return CellFilter.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
