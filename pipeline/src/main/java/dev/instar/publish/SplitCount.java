package dev.instar.publish;

/** A split and the number of its records. */
public record SplitCount(String name, long records) {}
