package dev.instar.split;

/**
 * A class that an experiment cannot have.
 *
 * @param name of the class
 * @param records that it has
 * @param reason in words
 */
public record DroppedClass(String name, int records, String reason) {}
