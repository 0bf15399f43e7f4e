/**
 * Drawn sample photographs of insects in wells, with invented labels and barcodes: something to try
 * the system on that is nobody's.
 */
package dev.instar.synth;
