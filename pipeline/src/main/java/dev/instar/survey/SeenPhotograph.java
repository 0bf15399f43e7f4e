package dev.instar.survey;

import dev.instar.crop.Observation;

/**
 * What was seen in one photograph.
 *
 * @param name of the photograph, {@code /} between folders
 */
public record SeenPhotograph(String name, Observation observation) {}
