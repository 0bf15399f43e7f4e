package dev.instar.report;

/**
 * A table of a report that goes into files of its own.
 *
 * @param name of the files, such as {@code results-test}
 * @param title above it
 * @param caption what its numbers are, and of what
 */
public record NamedTable(String name, String title, String caption, Table table) {}
