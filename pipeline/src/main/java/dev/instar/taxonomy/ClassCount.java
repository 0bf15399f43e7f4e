package dev.instar.taxonomy;

/** A class and the number of its records. */
public record ClassCount(String label, long records) {}
