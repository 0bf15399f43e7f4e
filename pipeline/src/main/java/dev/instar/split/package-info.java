/**
 * Training, validation and test sets: the six published experiments, made so that anybody can make
 * them again.
 */
package dev.instar.split;
