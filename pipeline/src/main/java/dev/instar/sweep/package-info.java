/**
 * Many trainings as one experiment: which cells a plan has, a folder for each, who works on which,
 * and what they came to.
 */
package dev.instar.sweep;
