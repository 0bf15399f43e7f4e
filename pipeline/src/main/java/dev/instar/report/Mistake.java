package dev.instar.report;

/**
 * A record that a network got wrong.
 *
 * @param record its name in the pack
 * @param truth its class
 * @param predicted the class that it was taken for
 * @param confidence the probability of that class
 * @param place of the true class among the network's guesses, from 1
 */
record Mistake(String record, String truth, String predicted, double confidence, int place) {}
