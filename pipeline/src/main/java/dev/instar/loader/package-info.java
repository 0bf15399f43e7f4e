/** From stored pictures to batches: which records, in which order, changed how. */
package dev.instar.loader;
